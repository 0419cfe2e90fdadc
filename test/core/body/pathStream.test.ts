import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { filterJson } from '../../../src/core/body/filterJson.ts';
import { PathStream } from '../../../src/core/body/pathStream.ts';
import { pathSteps } from '../../../src/core/body/pathSteps.ts';

interface Options {
  readonly isLines?: boolean;
  readonly mostFound?: number;
  readonly pieceBytes?: number;
}

function follow(json: string, path: string, { isLines = false, mostFound = 1000, pieceBytes = 7 }: Options = {}) {
  const bytes = Buffer.from(json);
  const steps = pathSteps(path);
  assert.ok(steps, `${path} is not followed`);
  let gone = 0;
  const read = (from: number, to: number) => {
    assert.ok(to <= gone, 'It reads what has not come.');
    return bytes.subarray(from, to);
  };
  const stream = new PathStream({ steps, isLines, mostFound, read });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    gone = at + piece.length;
    stream.feed(piece);
  }
  stream.finish();
  const found = stream.found.map(({ start, end, place }) => [place, bytes.toString('utf8', start, end)] as const);
  const { count, brokenAt, tooDeepAt } = stream;
  return { found, count, brokenAt, tooDeepAt };
}

function check(json: string, path: string, expected: readonly (readonly [string, string])[], options?: Options): void {
  const { found, count } = follow(json, path, options);
  assert.deepEqual([found, count], [expected, expected.length], path);
}

const shop = String.raw`{"items":[{"sku":"A-1","price":12.50,"id":12345678901234567890},{"sku":"B\/7","price":3.00}],"first name":"Ada"}`;

describe('a path is followed while the text goes by', () => {
  for (const [path, ...expected] of [
    ['$.items[0].id', ['$.items[0].id', '12345678901234567890']],
    ['items[*].price', ['$.items[0].price', '12.50'], ['$.items[1].price', '3.00']],
    ['$..sku', ['$.items[0].sku', '"A-1"'], ['$.items[1].sku', String.raw`"B\/7"`]],
    ["$['first name']", ["$['first name']", '"Ada"']],
    ['$ .items [ 1 ].*', ['$.items[1].sku', String.raw`"B\/7"`], ['$.items[1].price', '3.00']],
    ['$.items[?@.price > 10].sku', ['$.items[0].sku', '"A-1"']],
    ["$.items[?(@.sku == 'A-1')].price", ['$.items[0].price', '12.50']],
    ['$', ['$', shop]],
    ['$.none'],
    ['$.items.sku'],
    ['$[0]'],
  ] as const) {
    test(path, () => check(shop, path, expected));
  }
});

test('each line is an item of the root', () => {
  const lines = '{"a":1}\n{"b":[{"a":2.50}]}\n3\n';
  check(lines, '$[*].a', [['$[0].a', '1']], { isLines: true });
  check(
    lines,
    '$..a',
    [
      ['$[0].a', '1'],
      ['$[1].b[0].a', '2.50'],
    ],
    { isLines: true },
  );
  check(lines, '$[2]', [['$[2]', '3']], { isLines: true });
  check(lines, '$', [['$', lines]], { isLines: true });
  check('\x1e{"a":1}\n\x1e{"a":2}\n', '$[1].a', [['$[1].a', '2']], { isLines: true });
});

test('of members with one name the last counts', () => {
  check('{"a":1,"a":2.0}', '$.a', [['$.a', '2.0']]);
  check('{"a":[1,2],"b":{"a":5},"a":[3],"c":{"a":6}}', '$.a[*]', [['$.a[0]', '3']]);
  check('{"b":{"a":5},"a":[1,{"a":2}],"c":{"a":6},"a":7}', '$..a', [
    ['$.a', '7'],
    ['$.b.a', '5'],
    ['$.c.a', '6'],
  ]);
  for (const pieceBytes of [3, 100]) {
    check(String.raw`{"a":1,"\u0061":2}`, '$.a', [['$.a', '2']], { pieceBytes });
    check(String.raw`{"x":{"\u00e9\"":1}}`, '$.x.*', [[`$.x['é"']`, '1']], { pieceBytes });
  }
});

test('what is found is counted beyond what is kept', () => {
  const { found, count } = follow(JSON.stringify(Array.from({ length: 500 }, (_, at) => at)), '$[*]', { mostFound: 3 });
  assert.deepEqual([found.map(([, text]) => text), count], [['0', '1', '2'], 500]);
  const tested = follow(JSON.stringify(Array.from({ length: 500 }, (_, at) => [at, at])), '$[?@[0] > 9][*]', {
    mostFound: 3,
  });
  assert.deepEqual([tested.found.length, tested.count], [3, 980]);
});

test('a text that breaks keeps what was found before it, whole', () => {
  const broken = (json: string, path: string, options?: Options) => {
    const { found, brokenAt } = follow(json, path, options);
    return [found.map(([, text]) => text), brokenAt];
  };
  assert.deepEqual(broken('{"a":[1,2', '$.a[*]'), [['1', '2'], 9]);
  assert.deepEqual(broken('{"a":[1,"2', '$.a[*]'), [['1'], 10]);
  assert.deepEqual(broken('{"a":[1],,', '$..*'), [['[1]', '1'], 9]);
  assert.deepEqual(broken('[1] 2', '$[0]'), [['1'], 4]);
  assert.deepEqual(broken('{"a":1}\n{"a":2]\n', '$[*].a', { isLines: true }), [['1', '2'], 14]);
  assert.deepEqual(broken('{"a":1}\n{"b":[', '$[*].a', { isLines: true }), [['1'], 14]);
  assert.deepEqual(broken('', '$'), [[], 0]);
});

test('a hundred thousand levels are passed over, and those that are looked into have an end', () => {
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"b":2}`;
  check(deep, '$.b', [['$.b', '2']], { pieceBytes: 65_536 });
  const { found, tooDeepAt } = follow(deep, '$..b', { pieceBytes: 65_536 });
  assert.deepEqual([found, tooDeepAt], [[['$.b', '2']], 20_004]);
});

test('a path that needs the whole text is not followed', () => {
  for (const path of [
    '$[-1]',
    '$[-2:]',
    '$[::-1]',
    "$['a','b']",
    '$[0,1]',
    '$..a..b',
    '$[?@.a && @.b]',
    '$[?length(@) > 1]',
    '$..[?@.a]',
    '$.a[',
    '$.a b',
    "$['\\n']",
    '$[01]',
    '$[?(@.a]',
    '$[::0]',
  ])
    assert.equal(pathSteps(path), undefined, path);
});

const scalars = fc.constantFrom(
  0,
  1,
  -2.5,
  1e30,
  true,
  false,
  null,
  '',
  'a',
  'é"\\',
  '{[',
  ']}',
  '12',
  'long '.repeat(20),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'x y', 'é', '"\\'), tie('value'), { maxKeys: 4 }),
  ),
}));
const child = fc.constantFrom(
  '.a',
  '.b',
  "['x y']",
  '["é"]',
  '[0]',
  '[1]',
  '[*]',
  '.*',
  '[1:]',
  '[:2]',
  '[0:3:2]',
  '[?@.a]',
  '[?@.b[0]]',
  "[?@ == 'a']",
  '[?@ != 0]',
  '[?@.a >= 1]',
  "[?(@['x y'] < 'b')]",
  '[?@[0] <= null]',
);
const deep = fc.constantFrom('..a', '..*', '..[0]', "..['é']", '..[1:2]');
const steps = fc
  .tuple(fc.array(child, { maxLength: 3 }), fc.option(deep), fc.array(child, { maxLength: 2 }))
  .map(([before, dots, behind]) => `$${before.join('')}${dots ?? ''}${behind.join('')}`);

test('it finds what the library finds in the whole text, in its order', async () => {
  const text = fc
    .tuple(value, fc.constantFrom(0, 1, 3))
    .map(([each, indent]) => JSON.stringify(each, undefined, indent));
  await fc.assert(
    fc.asyncProperty(text, steps, fc.integer({ min: 1, max: 40 }), async (json, path, pieceBytes) => {
      const { found, count } = follow(json, path, { pieceBytes });
      const whole = await filterJson(json, path, false);
      const places = whole.kind === 'found' ? whole.places : [];
      assert.deepEqual(
        [whole.kind === 'trouble' ? whole.message : found.map(([place]) => place), count],
        [places, places.length],
      );
      if (whole.kind === 'found') assert.equal(`[${found.map(([, each]) => each).join(',\n')}]`, whole.text);
    }),
    { numRuns: 3000 },
  );
});
