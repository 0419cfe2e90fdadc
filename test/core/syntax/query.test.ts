import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from '../../../src/core/syntax/parse.ts';
import {
  blockAt,
  blockTag,
  findRequest,
  lineOfRequest,
  sendableAtLine,
  requestBlocks,
  requestId,
  visibleVariable,
} from '../../../src/core/syntax/query.ts';

const file = `@v = 1
### List all (v1)
GET /0
### Log in
# @name log-in
POST /1
###
@v = 2
# @name twice
GET /2
###
# @name twice
GET /3
###
GET /4
@v = 3
###
# only a comment
`;
const document = parse(file);
const offsetOf = (text: string) => file.indexOf(text);

describe('blocks by place', () => {
  for (const target of ['/0', '/1', '/2', '/3', '/4']) {
    test(`the block around ${target}`, () => {
      assert.equal(blockAt(document, offsetOf(target))?.request?.target.text, target);
    });
  }
  test('offsets outside the text', () => {
    assert.equal(blockAt(document, -5), document.blocks[0]);
    assert.equal(blockAt(document, 1e9), document.blocks.at(-1));
    assert.ok(blockAt(parse(''), 0));
  });
  test('lines count from 0', () => {
    assert.deepEqual(
      requestBlocks(document).map((block) => lineOfRequest(document, block)),
      [2, 5, 9, 12, 14],
    );
    assert.equal(sendableAtLine(document, 4)?.request?.target.text, '/1');
    assert.equal(sendableAtLine(document, 17), undefined);
  });
});

describe('ids', () => {
  test('the name, else the title', () => {
    const ids = requestBlocks(document).map(requestId);
    assert.deepEqual(ids, ['List all (v1)', 'log-in', 'twice', 'twice', undefined]);
  });
  test('tags', () => {
    const block = blockAt(parse('# @name a\n# @disabled\nGET /'), 0)!;
    assert.deepEqual(
      ['name', 'disabled', 'note'].map((name) => blockTag(block, name)),
      ['a', '', undefined],
    );
  });
});

describe('requests by id (C33)', () => {
  const cases: readonly (readonly [id: string, from: number, target: string | undefined])[] = [
    ['log-in', 0, '/1'],
    ['log_in', 0, '/1'],
    ['Log in', 0, '/1'],
    ['Log_in', 0, '/1'],
    ['List all (v1)', 0, '/0'],
    ['List_all__v1_', 0, '/0'],
    ['twice', offsetOf('/2'), '/2'],
    ['twice', offsetOf('/3'), '/3'],
    ['twice', offsetOf('/4'), '/3'],
    ['twice', 0, '/3'],
    ['nobody', 0, undefined],
  ];
  for (const [id, from, target] of cases) {
    test(`${id} from ${from}`, () => assert.equal(findRequest(document, id, from)?.request.target.text, target));
  }
});

describe('variables by place (C8)', () => {
  const cases: readonly (readonly [place: string, value: string])[] = [
    ['/0', '1'],
    ['/1', '1'],
    ['/2', '2'],
    ['/4', '2'],
    ['only', '3'],
  ];
  for (const [place, value] of cases) {
    test(`v at ${place}`, () => assert.equal(visibleVariable(document, 'v', offsetOf(place))?.value.text, value));
  }
  test('a definition below is better than none', () => {
    assert.equal(visibleVariable(parse('GET /{{a}}\n###\n@a = 1\n@a = 2'), 'a', 0)?.value.text, '2');
    assert.equal(visibleVariable(document, 'w', 0), undefined);
  });
});
