import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHtml, isJson, isText, isXml, parseMediaType } from '../../../src/core/http/mediaType.ts';

interface Expected {
  readonly essence: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly is?: readonly string[];
}

function check(contentType: string | undefined, expected: Expected | undefined): void {
  const mediaType = parseMediaType(contentType);
  if (!mediaType || !expected) return assert.equal(mediaType, expected, contentType);
  assert.equal(mediaType.essence, expected.essence, contentType);
  assert.deepEqual(Object.fromEntries(mediaType.parameters), expected.parameters ?? {}, contentType);
  const is = Object.entries({ json: isJson, xml: isXml, html: isHtml, text: isText })
    .filter(([, holds]) => holds(mediaType))
    .map(([name]) => name);
  assert.deepEqual(is, expected.is ?? [], contentType);
}

test('a Content-Type is taken apart, and says what it is', () => {
  check('application/json', { essence: 'application/json', is: ['json', 'text'] });
  check('Application/Problem+JSON; charset=utf-8', {
    essence: 'application/problem+json',
    parameters: { charset: 'utf-8' },
    is: ['json', 'text'],
  });
  check('text/html;Charset="ISO-8859-1" ; a=b', {
    essence: 'text/html',
    parameters: { charset: 'ISO-8859-1', a: 'b' },
    is: ['html', 'text'],
  });
  check('application/xhtml+xml', { essence: 'application/xhtml+xml', is: ['xml', 'html', 'text'] });
  check('image/svg+xml', { essence: 'image/svg+xml', is: ['xml', 'text'] });
  check('multipart/form-data; boundary="a;\\"b"; boundary=c', {
    essence: 'multipart/form-data',
    parameters: { boundary: 'a;"b' },
  });
  check('application/x-www-form-urlencoded', { essence: 'application/x-www-form-urlencoded', is: ['text'] });
  check('image/png', { essence: 'image/png' });
  check('  text/plain  ', { essence: 'text/plain', is: ['text'] });
  check('text/plain, text/html', { essence: 'text/plain', is: ['text'] });
});

test('what does not begin with a type says nothing', () => {
  check(undefined, undefined);
  check('', undefined);
  check('json', undefined);
  check('; charset=utf-8', undefined);
});
