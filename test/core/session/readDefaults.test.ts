import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDefaults } from '../../../src/core/session/readDefaults.ts';
import type { DefaultsPart } from '../../../src/core/session/settings.ts';

describe('what a person may write', () => {
  const table: readonly (readonly [name: string, json: unknown, defaults: DefaultsPart])[] = [
    ['headers as an object', { headers: { A: '1', B: 2, C: null, D: ['x', 'y'] } }, { headers: [['A', '1'], ['B', '2'], ['C', null], ['D', ['x', 'y']]] }],
    ['params as pairs', { params: [['a', '1'], ['a', true]] }, { params: [['a', '1'], ['a', 'true']] }],
    ['an empty header value is one', { headers: { A: '' } }, { headers: [['A', '']] }],
    ['cookies', { cookies: { a: 'b c' } }, { cookies: [['a', 'b c']] }],
    ['basic', { auth: { type: 'basic', username: 'u', password: '' } }, { auth: { type: 'basic', username: 'u', password: '' } }],
    ['basic as in a tag', { auth: 'basic u p:q' }, { auth: { type: 'basic', username: 'u', password: 'p:q' } }],
    ['digest as in a tag', { auth: 'Digest u:p q' }, { auth: { type: 'digest', username: 'u', password: 'p q' } }],
    ['bearer for one origin', { auth: { type: 'bearer', token: '{{t}}', origin: 'https://a.test/x' } }, { auth: { type: 'bearer', token: '{{t}}', origin: 'https://a.test' } }],
    ['no credentials', { auth: 'none' }, { auth: { type: 'none' } }],
    ['weaker credentials left out', { auth: null }, { auth: null }],
    ['proxies by key', { proxies: { http: 'http://p:1', 'https://a.test': null } }, { proxies: { http: 'http://p:1', 'https://a.test': null } }],
    ['one proxy for all', { proxies: 'http://p:1' }, { proxies: { http: 'http://p:1', https: 'http://p:1', all: 'http://p:1' } }],
    ['no verification', { verify: false }, { verify: false }],
    ['own issuers', { verify: './ca.pem' }, { verify: './ca.pem' }],
    ['a certificate', { cert: 'client.pem' }, { cert: 'client.pem' }],
    ['a certificate and its key', { cert: ['a.pem', 'a.key'] }, { cert: { file: 'a.pem', key: 'a.key' } }],
    ['a timeout for connecting and reading', { timeout: 500 }, { timeouts: { connectMs: 500, readMs: 500 } }],
    ['single timeouts', { timeout: { readMs: null, totalMs: 9 } }, { timeouts: { readMs: null, totalMs: 9 } }],
    ['no timeouts', { timeout: null }, { timeouts: { connectMs: null, readMs: null, totalMs: null } }],
    ['redirects', { maxRedirects: 0, redirect: { policy: 'preserve', follow: false, trustedHosts: ['a.test'], autoReferer: true } }, { maxRedirects: 0, redirect: { policy: 'preserve', follow: false, trustedHosts: ['a.test'], autoReferer: true } }],
    ['retries by number', { retry: 2 }, { retry: 2 }],
    ['retry rules', { retry: { total: 2, statusForcelist: [503], allowedMethods: null, backoffFactor: 0.1 } }, { retry: { total: 2, statusForcelist: [503], allowedMethods: null, backoffFactor: 0.1 } }],
    ['the rest', { cookieHeader: 'replace', trustEnv: false, rawTarget: true }, { cookieHeader: 'replace', trustEnv: false, rawTarget: true }],
    ['mounts', { mount: { 'https://a.test/': { timeout: 5 } } }, { mount: [{ prefix: 'https://a.test/', defaults: { timeouts: { connectMs: 5, readMs: 5 } } }] }],
  ]; // prettier-ignore
  for (const [name, json, defaults] of table) test(name, () => check(json, defaults, []));
});

describe('what is wrong is left out, and told at its place', () => {
  const table: readonly (readonly [name: string, json: unknown, path: string, kept?: DefaultsPart])[] = [
    ['no object', 5, ''],
    ['an unknown name', { color: 1, verify: true }, 'color', { verify: true }],
    ['a name of every object', { toString: 1 }, 'toString'],
    ['headers that are a text', { headers: 'A: 1' }, 'headers'],
    ['a header name with a blank', { headers: { 'A B': '1', C: '2' } }, 'headers.A B', { headers: [['C', '2']] }],
    ['a line break in a header', { headers: { A: '1\r\nB: 2' } }, 'headers.A', { headers: [] }],
    ['a header that is an object', { headers: { A: {} } }, 'headers.A', { headers: [] }],
    ['half a pair', { params: [['a']] }, 'params.0', { params: [] }],
    ['a cookie with a semicolon', { cookies: { a: '1; b=2' } }, 'cookies.a', { cookies: [] }],
    ['unknown credentials', { auth: { type: 'ntlm' } }, 'auth.type'],
    ['a bearer without a token', { auth: { type: 'bearer' } }, 'auth'],
    ['basic without a user', { auth: 'basic' }, 'auth'],
    ['an origin that is none', { auth: { type: 'none', origin: 'a.test' } }, 'auth.origin', { auth: { type: 'none' } }],
    ['a proxy that is a number', { proxies: { http: 1 } }, 'proxies.http', { proxies: {} }],
    ['verify as a number', { verify: 1 }, 'verify'],
    ['a certificate without a file', { cert: { key: 'a' } }, 'cert'],
    ['a timeout below zero', { timeout: -1 }, 'timeout'],
    ['a timeout of three (requests refuses it)', { timeout: [3, 4, 5] }, 'timeout'],
    ['a timeout that is a text', { timeout: { readMs: '1' } }, 'timeout.readMs', { timeouts: {} }],
    ['half a redirect', { maxRedirects: 1.5 }, 'maxRedirects'],
    ['an unknown policy', { redirect: { policy: 'always' } }, 'redirect.policy', { redirect: {} }],
    ['half a retry', { retry: 0.5 }, 'retry'],
    ['no status', { retry: { statusForcelist: ['503'] } }, 'retry.statusForcelist', { retry: {} }],
    ['a mount that is no URL', { mount: { 'a.test': {} } }, 'mount.a.test', { mount: [] }],
    ['a default within a mount', { mount: { 'http://': { verify: 1 } } }, 'mount.http://.verify', { mount: [{ prefix: 'http://', defaults: {} }] }],
    ['a mount within a mount', { mount: { 'http://': { mount: {} } } }, 'mount.http://.mount', { mount: [{ prefix: 'http://', defaults: {} }] }],
  ]; // prettier-ignore
  for (const [name, json, path, kept = {}] of table) test(name, () => check(json, kept, [path]));
});

test('a fault never repeats the value, which may be a secret', () => {
  const { faults } = readDefaults({ auth: 's3cret', headers: { A: 's3cret\n' }, timeout: 's3cret' });
  assert.equal(faults.length, 3);
  for (const { message } of faults) assert.doesNotMatch(message, /s3cret/);
});

function check(json: unknown, defaults: DefaultsPart, paths: readonly string[]): void {
  const reading = readDefaults(json);
  assert.deepEqual(reading.defaults, defaults);
  assert.deepEqual(
    reading.faults.map(({ path }) => path.join('.')),
    paths,
  );
}
