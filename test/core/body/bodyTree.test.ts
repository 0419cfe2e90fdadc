import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as holds, json as anyJson, property } from 'fast-check';
import type { BodyTree } from '../../../src/core/body/bodyTree.ts';
import { childrenOf } from '../../../src/core/body/bodyTree.ts';
import { jsonTree, type JsonTreeOptions } from '../../../src/core/body/jsonTree.ts';
import { xmlTree } from '../../../src/core/body/xmlTree.ts';

/** Every row of a tree: `depth name: shown  path`. */
function drawn(tree: BodyTree | undefined): string[] | undefined {
  if (!tree) return undefined;
  const lines: string[] = [];
  const draw = (node: number, depth: number): void => {
    const { name, shown, children } = tree.row(node);
    lines.push(`${'  '.repeat(depth)}${name} ${shown}`.trimEnd());
    if (children > 0) for (const child of childrenOf(tree, node)) draw(child, depth + 1);
  };
  for (const root of tree.roots) draw(root, 0);
  return lines;
}

function checkJson(text: string, expected: readonly string[] | undefined, options: JsonTreeOptions = {}): void {
  assert.deepEqual(drawn(jsonTree(text, options)), expected, text);
}

test('JSON keeps numbers, repeated keys, their order and escapes as they were sent', () => {
  checkJson(String.raw`{"b":1.10,"a":12345678901234567890,"b":"A\/","c":[true,null,{}]}`, [
    '$ {4}',
    '  "b" 1.10',
    '  "a" 12345678901234567890',
    String.raw`  "b" "A\/"`,
    '  "c" [3]',
    '    0 true',
    '    1 null',
    '    2 {0}',
  ]);
  checkJson(' "x" ', ['$ "x"']);
});

test('what is no JSON has no tree; what was cut has the tree of what came', () => {
  for (const text of ['', '{', '[1,]', '{"a"}', '[1 2]', '01', 'tru', '{"a":1}}', '"a', '[1}'])
    checkJson(text, undefined);
  checkJson('{"a":[1,{"b":2},tr', ['$ {1}', '  "a" [2]', '    0 1', '    1 {1}', '      "b" 2'], { partial: true });
});

test('lines of JSON are items of one list', () =>
  checkJson('{"a":1}\n\n[2]\r\n\u001e3\n', ['$ [3]', '  0 {1}', '    "a" 1', '  1 [1]', '    0 2', '  2 3'], {
    lines: true,
  }));

test('paths find the node again, also in what a filter found', () => {
  const tree = jsonTree(String.raw`{"a b":[{"it's":1}],"é":{"":2}}`);
  const paths = Array.from({ length: 6 }, (_, node) => tree?.path(node));
  assert.deepEqual(paths, ['$', "$['a b']", "$['a b'][0]", String.raw`$['a b'][0]['it\'s']`, '$.é', "$.é['']"]);
  const found = jsonTree('[{"x":1},2]', { places: ['$.items[7]', '$.n'] });
  assert.deepEqual(drawn(found), ['$ [2]', '  $.items[7] {1}', '    "x" 1', '  $.n 2']);
  assert.equal(found?.path(2), '$.items[7].x');
});

test('a place in the text is in the innermost value there', () => {
  const text = '{ "a": [10, { "b": "x" }], "c": 2 }';
  const tree = jsonTree(text);
  const pathAt = (piece: string): string | undefined => tree?.path(tree.at(text.indexOf(piece) + 1));
  assert.deepEqual(['{ "a', '"a"', '10', '"b"', '"x"', ', "c"', '"c"', ' }'].map(pathAt), [
    '$',
    '$.a',
    '$.a[0]',
    '$.a[1].b',
    '$.a[1].b',
    '$',
    '$.c',
    '$.a[1]',
  ]);
  const xml = xmlTree('<a><b c="d">e</b></a>');
  assert.deepEqual(
    [0, 4, 9, 12, 20].map((place) => xml?.path(xml.at(place))),
    ['/a', '/a/b', '/a/b/@c', '/a/b/text()', '/a'],
  );
});

test('blanks in keys and values stay as many as they are', () => {
  const tree = jsonTree('{"a  b":"c   d"}');
  const { name, shown } = tree!.row(1);
  assert.deepEqual([name, shown], ['"a  b"', '"c   d"']);
});

test('a value to copy is a string without its escapes, the rest as it was sent', () => {
  const tree = jsonTree(String.raw`{"a":"x\n\u00e9","b":{ "c" : 1.0 }}`);
  assert.equal(tree?.value(1), 'x\né');
  assert.equal(tree?.value(2), '{ "c" : 1.0 }');
});

test('a hundred thousand levels are no trouble', () => {
  const tree = jsonTree(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.equal(tree?.after(0), 100_000);
  assert.equal(tree?.path(99_999).length, '$'.length + 3 * 99_999);
  assert.ok(xmlTree(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`));
});

test('a tree has the values of the text', () => {
  holds(
    property(anyJson(), (text) => {
      const tree = jsonTree(text);
      const valueOf = (node: number): unknown => {
        const { kind } = tree!.row(node);
        if (kind === 'string') return tree!.value(node);
        if (kind === 'array') return childrenOf(tree!, node).map(valueOf);
        if (kind !== 'object') return JSON.parse(tree!.value(node));
        return Object.fromEntries(
          childrenOf(tree!, node).map((child) => [JSON.parse(tree!.row(child).name) as string, valueOf(child)]),
        );
      };
      const long = /"[^"]{399,}"/.test(text);
      if (!long) assert.deepEqual(valueOf(0), JSON.parse(text));
    }),
  );
});

test('XML is a tree of elements, attributes, texts and comments', () => {
  const tree = xmlTree(
    `<?xml version="1.0"?>\n<note lang="en"><!-- hi --><to>Ada</to><to a='1'>B<b/></to><![CDATA[<x>]]></note>`,
  );
  assert.deepEqual(drawn(tree), [
    '<note>',
    '  @lang en',
    '  #comment <!-- hi -->',
    '  <to> Ada',
    '  <to>',
    '    @a 1',
    '    #text B',
    '    <b>',
    '  #text <![CDATA[<x>]]>',
  ]);
  const paths = Array.from({ length: 9 }, (_, node) => tree?.path(node));
  assert.deepEqual(paths, [
    '/note',
    '/note/@lang',
    '/note/comment()',
    '/note/to[1]',
    '/note/to[1]/text()',
    '/note/to[2]',
    '/note/to[2]/@a',
    '/note/to[2]/text()',
    '/note/to[2]/b',
  ]);
  assert.equal(tree?.value(3), 'Ada');
  assert.equal(tree?.value(5), "<to a='1'>B<b/></to>");
});

test('XML whose tags do not match has no tree, several roots are several trees', () => {
  assert.equal(xmlTree('<a><b></a>'), undefined);
  assert.equal(xmlTree('text'), undefined);
  assert.equal(xmlTree('<a>'), undefined);
  assert.deepEqual(drawn(xmlTree('<a><b>x', true)), ['<a>', '  <b> x']);
  assert.deepEqual(drawn(xmlTree('<a/>\n<b/>')), ['<a>', '<b>']);
});
