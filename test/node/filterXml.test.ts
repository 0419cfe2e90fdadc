import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BodyFilterResult } from '../../src/core/body/bodyFilter.ts';
import { filterXml } from '../../src/node/query.ts';

function check(xml: string, path: string, expected: BodyFilterResult): void {
  assert.deepEqual(filterXml(xml, path), expected, path);
}

const note = `<?xml version="1.0"?>
<note  lang='en'><to >Ada</to><to id="2" ><b/>x</to><!-- <to>no</to> --></note>`;

test('elements come as they were sent, each with its place', () => {
  check(note, '//to', {
    kind: 'found',
    text: '<to >Ada</to>\n<to id="2" ><b/>x</to>',
    places: ['/note/to[1]', '/note/to[2]'],
  });
  check(note, '/note/@lang', { kind: 'found', text: 'en', places: ['/note/@lang'] });
  check(note, '//to[1]/text()', { kind: 'found', text: 'Ada', places: ['/note/to[1]/text()'] });
  check(note, 'count(//to)', { kind: 'found', text: '2', places: [''] });
  check(note, '//from', { kind: 'nothing' });
});

test('a name without a prefix is one of the default namespace, a prefix is the one of the document', () => {
  const soap = '<s:Envelope xmlns:s="urn:s" xmlns="urn:d"><s:Body><item n="1">é</item></s:Body></s:Envelope>';
  check(soap, '//s:Body/*', { kind: 'found', text: '<item n="1">é</item>', places: ['/s:Envelope/s:Body/item'] });
});

test('trouble is said in words', () => {
  const trouble = (xml: string, path: string): string => {
    const result = filterXml(xml, path);
    return result.kind === 'trouble' ? result.message : result.kind;
  };
  assert.match(trouble('<a><b></a>', '//a'), /^This body is not well-formed XML: /);
  assert.match(trouble('<a/>', '//['), /^This is no XPath: .*Write for example \/\/item\[@id='3'\]\/name\.$/);
});
