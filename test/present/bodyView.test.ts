import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyView, pendingPretty, textLimits } from '../../src/present/bodyView.ts';
import type { BodyView } from '../../src/protocol/exchangeView.ts';
import { responseFixture } from './exchangeFixture.ts';

type Facts = readonly [kind: string, language?: string, pretty?: boolean];

function view(
  contentType: string | undefined,
  body: string | Uint8Array,
  fields: object = {},
  textLimit = 1000,
): BodyView {
  const headers = contentType === undefined ? [] : ([['Content-Type', contentType]] as const);
  return bodyView(responseFixture(200, 'OK', headers, body, fields), { textLimit });
}

function check(contentType: string | undefined, body: string | Uint8Array, expected: Facts): void {
  const shown = view(contentType, body);
  const facts = shown.kind === 'text' ? [shown.kind, shown.language, shown.pretty !== undefined] : [shown.kind];
  assert.deepEqual(facts, expected, `${contentType ?? 'no type'}: ${String(body)}`);
}

test('the media type decides, and where it says nothing, the text', () => {
  check('application/json', '{"a":1}', ['text', 'json', true]);
  check('application/problem+json; charset=utf-8', '[]', ['text', 'json', true]);
  check('application/json', 'not json', ['text', 'json', false]);
  check('application/x-ndjson', '{"a":1}\n{"b":2}', ['text', 'json', true]);
  check('application/soap+xml', '<a><b/></a>', ['text', 'xml', true]);
  check('image/svg+xml', '<svg><g/></svg>', ['text', 'xml', true]);
  check('text/html', '<p>x', ['text', 'html', false]);
  check('text/css', 'a{}', ['text', 'css', false]);
  check('text/javascript', 'x', ['text', 'javascript', false]);
  check('application/yaml', 'a: 1', ['text', 'yaml', false]);
  check('text/plain', 'hello', ['text', 'plain', false]);
  check('text/plain', ' {"a":1}', ['text', 'json', true]);
  check('text/plain', '{not json}', ['text', 'plain', false]);
  check(undefined, '<?xml version="1.0"?><a/>', ['text', 'xml', true]);
  check(undefined, '<!DOCTYPE html><p>', ['text', 'html', false]);
  check('text/event-stream', 'data: {}', ['text', 'plain', false]);
  check('image/png', Uint8Array.of(1, 2), ['image']);
  check('application/octet-stream', Uint8Array.of(1, 2), ['binary']);
  check(undefined, Uint8Array.of(0, 255), ['binary']);
  check('application/json', '', ['empty']);
});

test('tables, lines, parts and graphs are known by their type', () => {
  const facts = (contentType: string, body: string) => {
    const shown = view(contentType, body);
    return shown.kind === 'text'
      ? [shown.language, shown.table ?? (shown.lines ? 'lines' : ''), shown.parts?.length]
      : [];
  };
  assert.deepEqual(facts('text/csv', 'a,b'), ['plain', 'csv', undefined]);
  assert.deepEqual(facts('text/tab-separated-values', 'a'), ['plain', 'csv', undefined]);
  assert.deepEqual(facts('application/x-www-form-urlencoded', 'a=b'), ['plain', 'form', undefined]);
  assert.deepEqual(facts('application/jsonl', '{}'), ['json', 'lines', undefined]);
  assert.deepEqual(facts('application/graphql', '{ a }'), ['graphql', '', undefined]);
  assert.deepEqual(facts('multipart/mixed; boundary="X"', '--X\r\n\r\na\r\n--X--'), ['plain', '', 1]);
});

test('parts are called by name and file, and are bodies of their own kinds', () => {
  const part = (head: string, content: string) => `--X\r\n${head}\r\n\r\n${content}\r\n`;
  const shown = view(
    'multipart/form-data; boundary=X',
    `${part('Content-Disposition: form-data; name="a"', 'text')}${part(
      'Content-Disposition: form-data; name="b"; filename="c.png"\r\nContent-Type: image/png',
      'png',
    )}${part('Content-Type: application/json', '[1]')}--X--`,
  );
  const parts = 'parts' in shown ? (shown.parts ?? []) : [];
  assert.deepEqual(
    parts.map(({ title, body }) => [title, body.kind, body.kind === 'text' ? body.language : '']),
    [
      ['a', 'text', 'plain'],
      ['b · c.png', 'image', ''],
      ['3', 'text', 'json'],
    ],
  );
});

test('the encoding is said, and the one that the user chose counts more', () => {
  const facts = (contentType: string | undefined, bytes: Uint8Array, encoding?: string) => {
    const headers = contentType === undefined ? [] : ([['Content-Type', contentType]] as const);
    const shown = bodyView(responseFixture(200, 'OK', headers, bytes), { textLimit: 100, encoding });
    return shown.kind === 'text' ? [shown.text, shown.encoding, shown.chosenEncoding] : [shown.kind];
  };
  const latin = Uint8Array.of(0x63, 0x61, 0x66, 0xe9);
  assert.deepEqual(facts('text/plain; charset=iso-8859-2', latin), ['café', 'iso-8859-2', undefined]);
  assert.deepEqual(facts('text/plain; charset=utf-8', latin, 'windows-1251'), ['cafй', 'windows-1251', true]);
  assert.deepEqual(facts('application/octet-stream', latin, 'iso-8859-1'), ['café', 'iso-8859-1', true]);
  assert.deepEqual(facts('text/plain', latin, 'no such encoding'), ['caf\ufffd', 'utf-8', undefined]);
  assert.deepEqual(facts(undefined, Uint8Array.of(0xff, 0xfe, 0x61, 0x00)), ['a', 'utf-16le', undefined]);
  assert.deepEqual(facts('text/html', new TextEncoder().encode('<meta charset=koi8-r>')), [
    '<meta charset=koi8-r>',
    'koi8-r',
    undefined,
  ]);
});

test('numbers are shown as they were sent', () => {
  const shown = view('application/json', '{"id":12345678901234567890}');
  assert.equal(shown.kind === 'text' && shown.pretty, '{\n  "id": 12345678901234567890\n}');
});

test('what is cut is said', () => {
  const cut = (shown: BodyView): string | undefined => ('cut' in shown ? shown.cut : undefined);
  assert.equal(cut(view('text/plain', 'x'.repeat(1000))), undefined);
  assert.equal(
    cut(view('text/plain', 'x'.repeat(2500))),
    'Only the first 1 kB of the 2.5 kB are shown here. Save or open the body to see 2.5 kB.',
  );
  assert.equal(
    cut(view('text/plain', 'x'.repeat(900), { truncated: true, decodedBytes: 5000 })),
    'Only the first 900 bytes were kept; 5 kB had been read.',
  );
  assert.equal(
    cut(view('application/octet-stream', new Uint8Array(100_000))),
    'Only the first 1 kB of the 100 kB are shown here. Save or open the body to see 100 kB.',
  );
});

test('an image that did not come whole is bytes', () => {
  assert.equal(view('image/png', Uint8Array.of(1), { truncated: true }).kind, 'binary');
});

test('a large body is left for the worker, and shown indented when the worker has answered', () => {
  const body = `[${'{"a":1},'.repeat(30_000)}1]`;
  const response = responseFixture(200, 'OK', [['Content-Type', 'application/json']], body);
  const shown = bodyView(response, { textLimit: textLimits.lastHop });
  const hops = [{ number: 3, body: shown }] as unknown as Parameters<typeof pendingPretty>[0]['hops'];
  assert.deepEqual(pendingPretty({ hops }), [{ hop: 3, text: body, format: 'json', partial: false }]);
  const again = bodyView(response, { textLimit: textLimits.lastHop, pretty: 'indented' });
  assert.equal(again.kind === 'text' && again.pretty, 'indented');
});

test('of a body in a file the first screen is in the view, and what is missing of the body is said', () => {
  const rows = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id })));
  const whole = responseFixture(200, 'OK', [['Content-Type', 'application/json']], rows);
  const of = (size: number) => ({
    ...whole,
    body: { ...whole.body, truncated: true, decodedBytes: 1e8, stored: { id: 'a', size } },
  });
  const all = bodyView(of(1e8), { textLimit: textLimits.lastHop });
  assert.ok(all.kind === 'text' && all.text.length === 16 * 1024 && all.pretty?.startsWith('[\n  { "id": 0 },'));
  assert.equal(all.cut, undefined);
  const half = bodyView(of(5e7), { textLimit: textLimits.lastHop });
  assert.ok(half.kind === 'text');
  assert.equal(half.cut, 'Only the first 50 MB were kept; 100 MB had been read.');
});
