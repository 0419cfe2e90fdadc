import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsedUrl } from '../../../src/core/http/parsedUrl.ts';

test('a URL is parsed once as long as it is of use, and forgotten in time', () => {
  const first = parsedUrl('http://h.test/a?b#c');
  assert.deepEqual([first.host, first.pathname, first.search], ['h.test', '/a', '?b']);
  assert.equal(parsedUrl('http://h.test/a?b#c'), first);
  for (let number = 0; number < 100; number++)
    assert.equal(parsedUrl(`http://h.test/${number}`).pathname, `/${number}`);
  assert.notEqual(parsedUrl('http://h.test/a?b#c'), first);
  assert.throws(() => parsedUrl('no url'), TypeError);
});
