import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteSink } from '../../../src/core/body/byteSink.ts';
import { prettyJson } from '../../../src/core/body/prettyJson.ts';
import { prettyXml } from '../../../src/core/body/prettyXml.ts';
import { streamJson, type StreamPrinter } from '../../../src/core/body/streamJson.ts';
import { streamXml } from '../../../src/core/body/streamXml.ts';

const json = (sink: ByteSink) => streamJson(sink, false);
const jsonLines = (sink: ByteSink) => streamJson(sink, true);

/** Prints `text` given in pieces of `size` bytes. */
function printed(open: (sink: ByteSink) => StreamPrinter, text: string, size: number) {
  const parts: Buffer[] = [];
  const sink = new ByteSink((piece) => parts.push(Buffer.from(piece)), 64);
  const printer = open(sink);
  const source = Buffer.from(text);
  let carry = Buffer.alloc(0);
  for (let at = 0; at < source.length; at += size) {
    const piece = Buffer.concat([carry, source.subarray(at, at + size)]);
    carry = piece.subarray(printer.print(piece, at + size >= source.length));
  }
  assert.equal(carry.length, 0);
  sink.flush();
  return { text: Buffer.concat(parts).toString(), brokenAt: printer.brokenAt };
}

function check(
  open: (sink: ByteSink) => StreamPrinter,
  text: string,
  expected: string | undefined,
  brokenAt?: number,
): void {
  for (const size of [1, 2, 7, 300, 1e6]) {
    assert.deepEqual(
      printed(open, text, size),
      { text: expected, brokenAt },
      `${size} bytes a piece: ${text.slice(0, 80)}`,
    );
  }
}

test('JSON looks as a small body does, however its pieces come', () => {
  const rows = Array.from({ length: 50 }, (_, id) => ({
    id,
    name: 'ä'.repeat(id * 2),
    t: ['a', id],
    o: { q: 1.5e10, z: {} },
  }));
  for (const text of [
    '{}',
    '[]',
    ' [ ] ',
    '"x"',
    '-12.50e+3',
    '[1,2,3]',
    '{"a":1}',
    '{"a":[1,2,{"b":"x\\"y"}],"c":{},"d":[[],[1]],"e":"\\\\"}',
    `{"long":"${'x'.repeat(300)}","escapes":"${String.raw`\u00e4\n\"`.repeat(60)}"}`,
    '[{"id":1,"n":"a"},{"id":2,"n":"b, c: d {}"}]',
    '{"a":{"b":1}}',
    ' [ 1 , { "a" : null } ]\r\n',
    `[${'1,'.repeat(200)}1]`,
    JSON.stringify(rows),
    JSON.stringify(rows, undefined, 7),
  ]) {
    check(json, text, prettyJson(text));
  }
});

test('what is no JSON stays as it came from there on, and the place is told', () => {
  check(json, '{"a":1,}', '{\n  "a": 1,\n  \n}', 7);
  check(json, '[1 2]', '[\n  1\n2]', 3);
  check(json, '{"a":1} x', '{\n  "a": 1\n}\nx', 8);
  check(json, 'what', '\nwhat', 0);
  check(json, '[1}', '[\n  1\n}', 2);
});

test('a text that ends early is printed as far as it came', () => {
  check(json, '{"a":[1,2', '{\n  "a": [\n    1,\n    2');
  check(json, '["half a str', '[\n  "half a str');
});

test('of JSON lines each record is on its own, and one that is none stays as it is', () => {
  check(jsonLines, '{"a":1}\n{"b":[1,2]}\nnope, {\n[]\n', '{\n  "a": 1\n}\n{\n  "b": [1, 2]\n}\nnope, {\n[]');
});

test('no depth costs more than the text', () => {
  const deep = '['.repeat(1e6);
  const { text, brokenAt } = printed(json, deep + ']'.repeat(1e6), 64_000);
  assert.equal(brokenAt, undefined);
  assert.ok(text.length < 2.1e6, String(text.length));
  const wide = `${'['.repeat(99)}${'1,'.repeat(1e6)}1`;
  assert.ok(printed(json, wide, 64_000).text.length < wide.length * 9);
});

test('XML looks as a small body does, however its pieces come', () => {
  const items = Array.from(
    { length: 40 },
    (_, id) => `<item id="${id}"><name>ä ${id}</name><list><x/><y>1</y></list></item>`,
  );
  for (const text of [
    '<a/>',
    '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b>">]><a x="1>2"><b>t</b> <c><d/></c><e></e></a>',
    '<r><p>mixed <b>x</b> text</p><q><![CDATA[ < ]] ]]></q><!-- c - -> --><s xml:space="preserve"> <t/> </s></r>',
    `<a>${items.join('\n')}</a>`,
  ]) {
    check(streamXml, text, prettyXml(text));
  }
});

test('XML that ends early or closes too much stays as it came from there on', () => {
  check(streamXml, '<a><b><c/>', '<a>\n  <b>\n    <c/>');
  check(streamXml, '<a><b/></a></b>', '<a>\n  <b/>\n</a></b>', 11);
});

test('one tag, text or section may be longer than anything that is looked at', () => {
  const long = 'x'.repeat(3e6);
  for (const text of [`<a><b c="${long}"/></a>`, `<a><b>${long}</b></a>`, `<a><![CDATA[${long}]]></a>`]) {
    const { text: shown } = printed(streamXml, text, 256 * 1024);
    assert.equal(shown.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
  }
});
