import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { proxyForAll, settingsFromTags } from '../../../src/core/prepare/settingsFromTags.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

const { timeouts } = defaultSettings;

describe('tags', () => {
  for (const [tags, expected] of [
    ['# @no-redirect', { followRedirects: false }],
    ['// @noRedirect', { followRedirects: false }],
    ['# @follow 2', { followRedirects: true, followAsked: true, followLimit: 2 }],
    ['# @max-redirects 0', { maxRedirects: 0 }],
    ['# @redirect preserve', { policy: 'preserve' }],
    ['# @no-cookie-jar\n# @no-redirect', { cookieJar: false, followRedirects: false }],
    ['# @insecure', { verify: false }],
    ['# @noRejectUnauthorized', { verify: false }],
    ['# @timeout 30', { timeouts: { ...timeouts, readMs: 30_000 } }],
    ['# @timeout 999', { timeouts: { ...timeouts, readMs: 999_000 } }],
    ['# @timeout 1000', { timeouts: { ...timeouts, readMs: 1000 } }],
    ['# @timeout 200 ms', { timeouts: { ...timeouts, readMs: 200 } }],
    ['# @timeout 1.5s', { timeouts: { ...timeouts, readMs: 1500 } }],
    ['# @timeout 2 m', { timeouts: { ...timeouts, readMs: 120_000 } }],
    ['# @total-timeout 2 m', { timeouts: { ...timeouts, totalMs: 120_000 } }],
    ['# @connection-timeout 5\n# @timeout 7', { timeouts: { ...timeouts, connectMs: 5000, readMs: 7000 } }],
    ['# @retry 3', { retry: 3 }],
    ['# @proxy http://p.test:8080', { proxies: proxyForAll('http://p.test:8080') }],
    ['# @proxy none', { proxies: { http: null, https: null, all: null } }],
    ['# @cert client.pem', { cert: 'client.pem' }],
    ['# @no-client-cert', { cert: null }],
    ['# @noAutoEncoding', { rawTarget: true }],
    ['# @name x\n# @loop for 1', {}],
  ] as const) {
    test(JSON.stringify(tags), () => check(tags, expected, []));
  }
});

describe('tags that make no sense are left out and said', () => {
  for (const tag of [
    '# @cert',
    '# @retry often',
    '# @timeout soon',
    '# @follow',
    '# @follow -1',
    '# @max-redirects many',
    '# @redirect always',
  ]) {
    test(tag, () => check(tag, {}, ['bad-tag-value']));
  }
});

function check(tags: string, expected: Partial<SendSettings>, codes: readonly string[]): void {
  const [block] = parse(`${tags}\nGET http://a.test/\n`).blocks;
  const { settings, problems } = settingsFromTags(block?.tags ?? [], defaultSettings);
  assert.deepEqual(settings, { ...defaultSettings, ...expected });
  assert.deepEqual(
    problems.map(({ code, severity }) => [code, severity]),
    codes.map((code) => [code, 'warning']),
  );
}
