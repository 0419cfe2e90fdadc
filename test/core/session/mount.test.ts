import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isMountPrefix, mountIndex } from '../../../src/core/session/mount.ts';

describe('which mount is in force (SESSION K1, 0a.8)', () => {
  const table: readonly (readonly [
    name: string,
    prefixes: readonly string[],
    url: string,
    index: number | undefined,
  ])[] = [
    ['the longest', ['http://', 'http://a.test/x/'], 'http://a.test/x/y', 1],
    ['the longest, whatever the order', ['http://a.test/x/', 'http://'], 'http://a.test/x/y', 0],
    ['of equal length the first', ['http://a.test/X', 'http://a.test/x'], 'http://a.test/x', 0],
    ['one mounted again is replaced', ['http://a.test/', 'http://a.test/'], 'http://a.test/', 1],
    ['a scheme alone', ['http://', 'https://'], 'https://a.test/', 1],
    ['none', ['https://'], 'http://a.test/', undefined],
    ['a longer host is another host', ['https://a.test'], 'https://a.test.evil.test/', undefined],
    ['another port is another host', ['https://a.test'], 'https://a.test:8443/', undefined],
    ['the default port is no other port', ['https://a.test:443/'], 'https://a.test/', 0],
    ['host and path without case', ['http://A.test/Api'], 'http://a.TEST/aPI/x', 0],
    ['the path by its beginning', ['http://a.test/api'], 'http://a.test/apis', 0],
    ['a path that is another', ['http://a.test/api/'], 'http://a.test/ap', undefined],
    ['a query as part of it', ['http://a.test/x?y=1'], 'http://a.test/x?y=12', 0],
    ['userinfo is no host', ['http://a.test/'], 'http://a.test@evil.test/', undefined],
    ['a backslash ends the host', ['http://evil.test/'], 'http://a.test\\@evil.test/', undefined],
    ['dot segments are gone', ['http://a.test/x/'], 'http://a.test/x/../y', undefined],
    ['an international host', ['http://bücher.test/'], 'http://xn--bcher-kva.test/', 0],
    ['no URL', ['http://'], '/path', undefined],
  ];
  for (const [name, prefixes, url, index] of table) {
    test(name, () => assert.equal(mountIndex(prefixes, url), index));
  }
});

describe('what can be a prefix', () => {
  for (const [prefix, expected] of [
    ['https://', true],
    ['http://a.test', true],
    ['http://a.test:8080/api', true],
    ['a.test', false],
    ['/api', false],
    ['http://a b/', false],
    ['ftp://a.test/', false],
    ['', false],
  ] as const) {
    test(JSON.stringify(prefix), () => assert.equal(isMountPrefix(prefix), expected));
  }
});
