import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { BodyAnswer, BodyAsk, SearchTerms } from '../../../src/core/body/bodyAsk.ts';
import { bodyCipher } from '../../../src/node/bodyCipher.ts';
import { LargeBody, type LargeBodyHandle } from '../../../src/node/large/largeBody.ts';

type Options = Pick<LargeBodyHandle, 'format' | 'encoding'>;
type Answer<Kind> = Extract<BodyAnswer, { kind: Kind }>;

/** A stored body, looked through to its end unless `steps` says how far. */
function open(t: TestContext, content: string | Buffer, options: Options & { prettyPath?: string } = {}): LargeBody {
  const directory = mkdtempSync(join(tmpdir(), 'crumbtrail-large-'));
  const key = new Uint8Array(32).fill(3);
  const place = (name: string) => ({ path: join(directory, name), key });
  writeFileSync(place('body').path, bodyCipher(key).at(0, Buffer.from(content)));
  const body = new LargeBody({
    id: 'a',
    place: place('body'),
    pretty: options.prettyPath === undefined ? place('pretty') : { path: options.prettyPath, key },
    recoded: place('text'),
    ...options,
  });
  t.after(() => {
    body.close();
    rmSync(directory, { recursive: true });
  });
  return body;
}

function all(body: LargeBody): LargeBody {
  while (body.step());
  return body;
}

function ask<Kind extends BodyAnswer['kind']>(body: LargeBody, kind: Kind, asked: BodyAsk): Answer<Kind> {
  const answer = body.answer(asked);
  assert.equal(answer.kind, kind, JSON.stringify(answer).slice(0, 300));
  return answer as Answer<Kind>;
}

function lines(body: LargeBody, line: number, count: number, more: Partial<Extract<BodyAsk, { kind: 'lines' }>> = {}) {
  return ask(body, 'lines', { kind: 'lines', form: 'raw', line, count, column: 0, width: 200, ...more });
}

const texts = (answer: Answer<'lines'>): string[] => answer.rows.map(({ text }) => text);

const numbered = Array.from({ length: 100_000 }, (_, at) => `line ${at} äöü`).join('\n');

test('any lines of a text, at its beginning, inside and at its end', (t) => {
  const body = all(open(t, numbered));
  const { state } = lines(body, 0, 1);
  assert.deepEqual(state, { lines: 100_000, widest: Buffer.byteLength('line 99999 äöü'), known: 1 });
  assert.deepEqual(texts(lines(body, 77_777, 2)), ['line 77777 äöü', 'line 77778 äöü']);
  assert.deepEqual(texts(lines(body, 99_999, 5)), ['line 99999 äöü']);
  assert.deepEqual(texts(lines(body, 100_000, 5)), []);
});

test('line ends of any kind, and a last line without one', (t) => {
  assert.deepEqual(texts(lines(all(open(t, 'a\r\nb\n\nc')), 0, 9)), ['a', 'b', '', 'c']);
  assert.deepEqual(texts(lines(all(open(t, '\n')), 0, 9)), ['', '']);
});

test('a long line is read sideways, in whole characters', (t) => {
  const long = 'ä'.repeat(2_000_000);
  const body = all(open(t, `first\n${long}\nlast`));
  const { rows, state } = lines(body, 1, 2, { column: 1_000_001, width: 10 });
  assert.equal(state.widest, 4_000_000);
  assert.deepEqual(rows[0], {
    line: 1,
    text: 'ääääää'.slice(0, rows[0]?.text.length),
    from: 1_000_000,
    bytes: 4_000_000,
    marks: [],
  });
  assert.ok(rows[0].text.length >= 5);
  assert.deepEqual(rows[1], { line: 2, text: '', from: 4, bytes: 4, marks: [] });
});

test('a body is there before all of it was looked through', (t) => {
  const body = open(t, numbered.repeat(4));
  assert.equal(texts(lines(body, 0, 3)).length, 3);
  const { state } = lines(body, 0, 1);
  assert.ok(state.known < 1 && state.lines > 1, JSON.stringify(state));
  assert.equal(lines(all(body), 0, 1).state.known, 1);
});

test('re-indented while it is read, with what is wrong in it', (t) => {
  const rows = JSON.stringify(Array.from({ length: 50_000 }, (_, id) => ({ id, more: { name: `n${id}` } })));
  const body = open(t, rows, { format: 'json' });
  const pretty = { form: 'pretty' } as const;
  assert.deepEqual(texts(lines(body, 0, 3, pretty)), ['[', '  {', '    "id": 0,']);
  all(body);
  assert.equal(lines(body, 0, 1, pretty).state.lines, 50_000 * 6 + 2);
  assert.deepEqual(texts(lines(body, 300_000, 9, pretty)), ['  }', ']']);
  const broken = all(open(t, '[1,\n2,}', { format: 'json' }));
  lines(broken, 0, 1, pretty);
  const shown = lines(all(broken), 0, 9, pretty);
  assert.deepEqual(texts(shown).at(-1), '}');
  assert.match(shown.state.remark ?? '', /byte 7: from there on it stands as it came/);
});

test(
  'a full disk costs what is re-indented, and says where the body stands as it came',
  { skip: !existsSync('/dev/full') },
  (t) => {
    const body = open(t, '[{"a":1}]', { format: 'json', prettyPath: '/dev/full' });
    lines(body, 0, 1, { form: 'pretty' });
    const { state, rows } = lines(all(body), 0, 9, { form: 'pretty' });
    assert.deepEqual([state.known, rows.map(({ text }) => text)], [1, ['']]);
    assert.match(state.remark ?? '', /^Not all of it could be made ready \(the disk is full\)\. “Raw” shows the body/);
    assert.deepEqual(texts(lines(body, 0, 9)), ['[{"a":1}]']);
  },
);

test('text in other encodings is read as text', (t) => {
  for (const [encoding, content] of [
    ['utf-16le', Buffer.from('{"a":"ä"}', 'utf16le')],
    ['windows-1252', Buffer.from('{"a":"ä"}', 'latin1')],
  ] as const) {
    const body = all(open(t, content, { encoding, format: 'json' }));
    assert.deepEqual(texts(lines(body, 0, 9)), ['{"a":"ä"}'], encoding);
    assert.deepEqual(texts(lines(body, 0, 9, { form: 'pretty' })), ['{', '  "a": "ä"', '}'], encoding);
  }
});

const terms: SearchTerms = { text: '', matchCase: false, wholeWord: false, isExpression: false };

function search(body: LargeBody, wanted: Partial<SearchTerms>): Answer<'match'> {
  ask(body, 'match', { kind: 'search', form: 'raw', terms: { ...terms, ...wanted } });
  all(body);
  return ask(body, 'match', { kind: 'match', at: 0, step: 0 });
}

test('a search counts, and finds by case, word and expression', (t) => {
  const body = open(t, 'One one\nONE ones\n{"ä":"Ärger one"}');
  for (const [wanted, count] of [
    [{ text: 'one' }, 5],
    [{ text: 'one', matchCase: true }, 3],
    [{ text: 'one', wholeWord: true }, 4],
    [{ text: 'one', wholeWord: true, matchCase: true }, 2],
    [{ text: 'o.e', isExpression: true }, 5],
    [{ text: '^.', isExpression: true }, 3],
    [{ text: 'x*', isExpression: true }, 0],
    [{ text: 'ärger' }, 1],
    [{ text: 'o.e' }, 0],
  ] as const) {
    assert.equal(search(body, wanted).count, count, JSON.stringify(wanted));
  }
  assert.throws(() => search(body, { text: '(', isExpression: true }), /no regular expression/);
});

test('matches are walked through from any place, around the end, and are marked in the lines', (t) => {
  const body = open(t, `${'x\n'.repeat(300_000)}ä needle needle\n${'y\n'.repeat(300_000)}needle`);
  const { count, match } = search(body, { text: 'needle' });
  assert.deepEqual([count, match], [3, { number: 0, place: { line: 300_000, column: 3 }, bytes: 6 }]);
  const from = (at: Extract<BodyAsk, { kind: 'match' }>['at'], step: 0 | 1 | -1) =>
    ask(body, 'match', { kind: 'match', at, step }).match?.number;
  assert.equal(from(0, 1), 1);
  assert.equal(from(0, -1), 2);
  assert.equal(from(2, 1), 0);
  assert.equal(from({ line: 300_001, column: 0 }, 0), 2);
  assert.equal(from({ line: 300_001, column: 0 }, -1), 1);
  assert.deepEqual(lines(body, 300_000, 1).rows[0]?.marks, [
    [2, 8],
    [9, 15],
  ]);
});

test('a match is found wherever pieces meet', (t) => {
  const gap = 'z'.repeat(1024 * 1024 - 3);
  const body = open(t, `${gap}needle${gap}needle${gap}`);
  assert.equal(search(body, { text: 'needle', matchCase: true }).count, 2);
  assert.equal(search(body, { text: 'NEEDLE' }).count, 2);
});

test('what begins at a line ends where the indentation says', (t) => {
  const body = all(open(t, '{\n  "a": [\n    1\n  ],\n  "b": 2\n}'));
  const fold = (line: number) => ask(body, 'fold', { kind: 'fold', form: 'raw', line }).end;
  assert.deepEqual([0, 1, 2, 4, 5].map(fold), [4, 2, undefined, undefined, undefined]);
});

test('a part of the text is copied from any place to any other', (t) => {
  const body = all(open(t, numbered));
  const copy = (from: [number, number], to: [number, number]) =>
    ask(body, 'text', {
      kind: 'text',
      form: 'raw',
      from: { line: from[0], column: from[1] },
      to: { line: to[0], column: to[1] },
    }).text;
  assert.equal(copy([50_000, 5], [50_001, 4]), '50000 äöü\nline');
  assert.equal(copy([50_001, 4], [50_000, 5]), '50000 äöü\nline');
  assert.equal(copy([99_999, 0], [200_000, 0]), 'line 99999 äöü');
});

function filter(body: LargeBody, path: string): Answer<'filter'> {
  ask(body, 'filter', { kind: 'filter', path });
  all(body);
  return ask(body, 'filter', { kind: 'filter', path });
}

test('a path is followed through a text of any size, and what does not fit is counted', (t) => {
  const rows = Array.from({ length: 60_000 }, (_, id) => ({ id, tags: [`t${id}`, 'ä'] }));
  const body = open(t, `\uFEFF${JSON.stringify({ rows })}`, { format: 'json' });
  assert.deepEqual(filter(body, '$.rows[59999].tags[1:]'), {
    kind: 'filter',
    count: 1,
    searched: 1,
    result: { kind: 'found', text: '["ä"]', places: ['$.rows[59999].tags[1]'] },
  });
  const { count, result } = filter(body, '$..tags[0]');
  assert.ok(result?.kind === 'found');
  assert.deepEqual([count, result.count, result.places.length], [60_000, 60_000, 20_000]);
  assert.match(result.remark ?? '', /^The first 20,000 are shown/);
  assert.deepEqual(filter(body, '$.rows[?@.id > 59998].id').result, {
    kind: 'found',
    text: '[59999]',
    places: ['$.rows[59999].id'],
  });
  assert.deepEqual(filter(body, '$.none').result, { kind: 'nothing' });
  assert.equal(body.answer({ kind: 'filter', path: '$.rows[-1]' }).kind, 'unfollowed');
  const large = all(open(t, `["${'x'.repeat(5_000_000)}"]`, { format: 'json' }));
  assert.deepEqual(filter(large, '$[*]').result, {
    kind: 'trouble',
    message: 'What it finds at $[0] has 5 MB, more than can be shown. Make the filter narrower, or save the body.',
  });
});

test('a filter tells how far it is, ends when nobody wants it, and begins anew for another path', (t) => {
  const body = open(t, JSON.stringify(Array.from({ length: 200_000 }, (_, id) => id)), { format: 'json' });
  const asked = (path: string) => ask(body, 'filter', { kind: 'filter', path });
  assert.deepEqual(asked('$[*]'), { kind: 'filter', count: 0, searched: 0 });
  let steps = 0;
  while (body.step() && asked('$[*]').count === 0) steps++;
  const { count, searched } = asked('$[*]');
  assert.ok(count > 0 && count < 200_000 && searched > 0 && searched < 1, `${count} ${searched} ${steps}`);
  assert.deepEqual(asked(''), { kind: 'filter', count: 0, searched: 1 });
  assert.deepEqual(asked('$[7]'), { kind: 'filter', count: 0, searched: 0 });
  assert.deepEqual(filter(body, '$[7]').result, { kind: 'found', text: '[7]', places: ['$[7]'] });
});

test('a filter looks into other encodings and into lines, and says where the text breaks', (t) => {
  const wide = open(t, Buffer.from('{"a":"ä"}', 'utf16le'), { format: 'json', encoding: 'utf-16le' });
  assert.deepEqual(filter(wide, '$.a').result, { kind: 'found', text: '["ä"]', places: ['$.a'] });
  const lines = open(t, '{"a":1}\n{"a":2}\n', { format: 'json-lines' });
  assert.deepEqual(filter(lines, '$[1].a').result, { kind: 'found', text: '[2]', places: ['$[1].a'] });
  const cut = open(t, '{"a":[1,2', { format: 'json' });
  assert.deepEqual(filter(cut, '$.a[0]').result, {
    kind: 'found',
    text: '[1]',
    places: ['$.a[0]'],
    remark: 'The body ends before its JSON does.',
  });
  const broken = open(t, '{"a":[1,}]', { format: 'json' });
  const { result } = filter(broken, '$.a[0]');
  assert.match(
    (result?.kind === 'found' && result.remark) || '',
    /no JSON from byte 9 on: that was not looked through/,
  );
  assert.equal(open(t, '<a/>', { format: 'xml' }).answer({ kind: 'filter', path: '$.a' }).kind, 'unfollowed');
});

test('bytes are rows of sixteen, all of them known at once', (t) => {
  const bytes = Buffer.alloc(3_000_005, '0123456789abcdefg');
  bytes.write('PK\u0003\u0004', 2_097_150, 'latin1');
  const body = open(t, bytes);
  const hex = { form: 'hex' } as const;
  const { state, rows } = lines(body, 0, 1, hex);
  assert.deepEqual(state, { lines: 187_501, widest: 76, known: 1 });
  assert.equal(rows[0]?.text, '00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef');
  assert.match(texts(lines(body, 187_500, 9, hex))[0] ?? '', /^002dc6c0 {2}(?:\w\w ){5} {35}\w{5}$/);
  assert.deepEqual(texts(lines(body, 187_501, 9, hex)), []);
  assert.equal(lines(body, 0, 1, { ...hex, column: 10, width: 5 }).rows[0]?.text, '30 31');
  const find = (text: string, more: Partial<SearchTerms> = {}) => {
    ask(body, 'match', { kind: 'search', ...hex, terms: { ...terms, text, ...more } });
    all(body);
    return ask(body, 'match', { kind: 'match', at: 0, step: 0 });
  };
  const place = { number: 0, place: { line: 131_071, column: 53 }, bytes: 5 };
  for (const text of ['50 4b 03 04', '0x504B0304', 'pk\u0003\u0004', 'PK'])
    assert.deepEqual(find(text), { kind: 'match', count: 1, searched: 1, match: place }, text);
  assert.equal(find('pk', { matchCase: true }).count, 0);
  assert.deepEqual(find('PK\\x03.', { isExpression: true }).match, place);
  assert.deepEqual(
    lines(body, 131_071, 2, hex).rows.map(({ marks }) => marks),
    [
      [
        [53, 58],
        [74, 76],
      ],
      [
        [10, 15],
        [60, 62],
      ],
    ],
  );
  const from = { line: 1, column: 10 };
  const copied = ask(body, 'text', { kind: 'text', ...hex, from: { line: 2, column: 8 }, to: from });
  assert.match(copied.text, /^67 30 .*\n00000020$/);
  assert.equal(body.answer({ kind: 'text', ...hex, from, to: { line: 900_000, column: 0 } }).kind, 'text');
  assert.equal(ask(body, 'fold', { kind: 'fold', ...hex, line: 0 }).end, undefined);
});

test('a body that was cleaned away says so', () => {
  const place = { path: join(tmpdir(), 'crumbtrail-no-such-body'), key: new Uint8Array(32) };
  const handle = { id: 'a', place, pretty: place, recoded: place };
  assert.throws(() => new LargeBody(handle), /no longer kept\. Send the request again/);
});
