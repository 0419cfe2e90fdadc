import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyXml } from '../../../src/core/body/prettyXml.ts';

function check(text: string, expected: string | undefined, partial = false): void {
  assert.equal(prettyXml(text, partial), expected);
}

const lines = (...all: string[]): string => all.join('\n');

test('elements that hold elements are indented, attributes as written', () => {
  check(
    `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "<c>">]><a x = '1>2'><!-- <no> --><b/><c><d>text</d></c></a>`,
    lines(
      '<?xml version="1.0"?>',
      '<!DOCTYPE a [<!ENTITY b "<c>">]>',
      `<a x = '1>2'>`,
      '  <!-- <no> -->',
      '  <b/>',
      '  <c>',
      '    <d>text</d>',
      '  </c>',
      '</a>',
    ),
  );
});

test('text, mixed content, CDATA and preserved space are left alone', () => {
  check('<p>Hello <b>big</b>\n world</p>', '<p>Hello <b>big</b>\n world</p>');
  check('<a><p>x <i>y</i></p><q> </q></a>', lines('<a>', '  <p>x <i>y</i></p>', '  <q> </q>', '</a>'));
  check('<a><b><![CDATA[ <x> ]]></b></a>', lines('<a>', '  <b><![CDATA[ <x> ]]></b>', '</a>'));
  check('<a><b xml:space="preserve"> <c/> </b></a>', lines('<a>', '  <b xml:space="preserve"> <c/> </b>', '</a>'));
});

test('what is indented already stays as it is', () => {
  const text = lines('<a>', '  <b>', '    <c>1</c>', '  </b>', '</a>');
  check(text, text);
});

test('what is not well formed stays untouched', () => {
  for (const text of [
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a',
    '<!-- x',
    'x<a/>',
    '<a/>x',
    '<a x="1></a>',
  ]) {
    check(text, undefined);
  }
});

test('a body that was cut is indented as far as it goes', () => {
  check('<a><b><c>1</c><d', lines('<a>', '  <b>', '    <c>1</c>', '    <d'), true);
});

test('depth has a limit', () => {
  check('<a>'.repeat(5000) + '</a>'.repeat(5000), undefined);
});
