import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendParams,
  mergeHeaders,
  mergeParams,
  mergeSetting,
  type MergePair,
} from '../../../src/core/session/merge.ts';

const headerTable: [what: string, session: MergePair[], request: MergePair[], expected: [string, string][]][] = [
  ['session only', [['A', '1']], [], [['A', '1']]],
  ['request only', [], [['A', '1']], [['A', '1']]],
  [
    'the last spelling stands at the first position',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    [
      ['C', '3'],
      ['A', '9'],
    ],
    [
      ['A', '9'],
      ['b', '2'],
      ['C', '3'],
    ],
  ],
  ['null removes in any casing', [['X-Token', '1']], [['x-token', null]], []],
  [
    'null in the session removes itself',
    [
      ['A', null],
      ['B', '2'],
    ],
    [],
    [['B', '2']],
  ],
  ['null in the session gives way to the request', [['A', null]], [['A', '1']], [['A', '1']]],
  ['an empty value is a value', [['A', '1']], [['A', '']], [['A', '']]],
  [
    'both lines of the request stay and replace the session line',
    [['X-Tag', 's']],
    [
      ['X-Tag', '1'],
      ['X-Tag', '2'],
    ],
    [
      ['X-Tag', '1'],
      ['X-Tag', '2'],
    ],
  ],
  [
    'repeats keep the order written',
    [],
    [
      ['A', '1'],
      ['B', '2'],
      ['a', '3'],
    ],
    [
      ['A', '1'],
      ['B', '2'],
      ['a', '3'],
    ],
  ],
  [
    'a list repeats the name',
    [],
    [['A', ['1', '2']]],
    [
      ['A', '1'],
      ['A', '2'],
    ],
  ],
  [
    'null after a line takes it away, a line after null stays',
    [],
    [
      ['A', '1'],
      ['A', null],
      ['A', '2'],
    ],
    [['A', '2']],
  ],
];

for (const [what, session, request, expected] of headerTable) {
  test(`mergeHeaders: ${what}`, () => {
    const before = JSON.stringify([session, request]);
    assert.deepEqual(mergeHeaders(session, request), expected);
    assert.equal(JSON.stringify([session, request]), before, 'the arguments were changed');
  });
}

test('mergeParams compares names with case', () => {
  assert.deepEqual(
    mergeParams(
      [
        ['a', '1'],
        ['q', '2'],
      ],
      [
        ['A', '3'],
        ['a', null],
      ],
    ),
    [
      ['q', '2'],
      ['A', '3'],
    ],
  );
});

const urlTable: [url: string, params: [string, string][], expected: string][] = [
  ['http://h/p', [], 'http://h/p'],
  [
    'http://h/p',
    [
      ['a', 'b c'],
      ['d', 'e&f=g'],
    ],
    'http://h/p?a=b+c&d=e%26f%3Dg',
  ],
  ['http://h/p?a=1', [['a', '2']], 'http://h/p?a=1&a=2'],
  ['http://h/p?', [['a', '2']], 'http://h/p?a=2'],
  ['http://h/p#f?x', [['a', '']], 'http://h/p?a=#f?x'],
  ['http://h/p?x=%zz#f', [['č', '~é']], 'http://h/p?x=%zz&%C4%8D=~%C3%A9#f'],
];

for (const [url, params, expected] of urlTable) {
  test(`appendParams: ${expected}`, () => assert.equal(appendParams(url, params), expected));
}

const settingTable: [session: unknown, request: unknown, expected: unknown][] = [
  [null, { a: '1' }, { a: '1' }],
  [{ a: '1' }, null, { a: '1' }],
  [{ a: '1', b: '2' }, { a: null }, { b: '2' }],
  [{ a: null, b: '2' }, {}, { b: '2' }],
  [{ a: '1' }, [], []],
  [{ a: '1' }, 'b=2', 'b=2'],
  [{ stream: true }, { stream: false }, { stream: false }],
  [30, 0, 0],
];

for (const [session, request, expected] of settingTable) {
  test(`mergeSetting: ${JSON.stringify(session)} with ${JSON.stringify(request)}`, () =>
    assert.deepEqual(mergeSetting(session, request), expected));
}
