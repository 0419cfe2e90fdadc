import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HeaderList } from '../../../src/core/http/headerList.ts';
import { responseLinks, type ResponseLink } from '../../../src/core/http/responseLinks.ts';
import { isOk, statusError } from '../../../src/core/http/responseStatus.ts';

describe('links of a response (RFC 8288, SESSION S3)', () => {
  const table: readonly (readonly [name: string, lines: readonly string[], links: readonly ResponseLink[]])[] = [
    ['none', [], []],
    ['one', ['<http://b/?page=2>; rel="next"'], [['next', 'http://b/?page=2']]],
    ['two, one without quotes', ['<http://b/2>; rel="next", <http://b/9>; rel=last'], [['next', 'http://b/2'], ['last', 'http://b/9']]],
    ['two lines', ['<http://b/2>; rel=next', '<http://b/1>; rel=prev'], [['next', 'http://b/2'], ['prev', 'http://b/1']]],
    ['a relative one', ['</x?page=2>; rel=next'], [['next', 'http://a/x?page=2']]],
    ['a comma in the URL', ['<http://b/x,y>; rel=next'], [['next', 'http://b/x,y']]],
    ['commas and semicolons in quotes', ['<http://b/1>; title="a, b; rel=no"; rel="next", <http://b/2>; rel=last'], [['next', 'http://b/1'], ['last', 'http://b/2']]],
    ['several relations', ['<http://b/1>; rel="next last"'], [['next', 'http://b/1'], ['last', 'http://b/1']]],
    ['letter case of names', ['<http://b/1>; REL=Next'], [['next', 'http://b/1']]],
    ['the first rel counts', ['<http://b/1>; rel=next; rel=last'], [['next', 'http://b/1']]],
    ['no relation', ['<http://b/1>'], [['http://b/1', 'http://b/1']]],
    ['no link', ['nonsense'], []],
  ]; // prettier-ignore
  for (const [name, lines, links] of table) {
    test(name, () => {
      const headers: HeaderList = lines.map((line) => ['Link', line] as const);
      assert.deepEqual(responseLinks(headers, 'http://a/dir/'), links);
    });
  }
});

describe('the error of a status (SESSION S1)', () => {
  for (const [status, expected] of [
    [200, undefined],
    [399, undefined],
    [404, '404 Client Error: Why for url: http://a/'],
    [499, '499 Client Error: Why for url: http://a/'],
    [500, '500 Server Error: Why for url: http://a/'],
    [599, '599 Server Error: Why for url: http://a/'],
    [600, undefined],
  ] as const) {
    test(String(status), () => {
      assert.equal(statusError(status, 'Why', 'http://a/'), expected);
      assert.equal(isOk(status), status < 400);
    });
  }
});
