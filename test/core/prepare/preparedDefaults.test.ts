import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prepareRequest, type Preparation } from '../../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../../src/core/run/runContext.ts';
import type { DefaultsPart } from '../../../src/core/session/settings.ts';
import { newSession, runInput } from '../../support/runInput.ts';

/** Defaults of an environment, of the session, and of flags, each over the one before. */
interface Defaults {
  readonly profile?: object;
  readonly session?: DefaultsPart;
  readonly flags?: DefaultsPart;
}

describe('header lines of several layers', () => {
  const table: readonly (readonly [name: string, defaults: Defaults, block: string, expected: readonly string[]])[] = [
    ['an environment', { profile: { headers: { 'X-P': '1' } } }, 'GET http://a.test/', ['X-P: 1']],
    ['the session over it', { profile: { headers: { 'X-P': '1' } }, session: { headers: [['x-p', '2']] } }, 'GET http://a.test/', ['x-p: 2']],
    ['flags over both', { session: { headers: [['X', '1']] }, flags: { headers: [['X', '2']] } }, 'GET http://a.test/', ['X: 2']],
    ['the block over all', { flags: { headers: [['X', '2']] } }, 'GET http://a.test/\nX: 3', ['X: 3']],
    ['a null over the product\'s', { session: { headers: [['User-Agent', null]] } }, 'GET http://a.test/', []],
    ['a tag that takes a default away', { profile: { headers: { 'X-P': '1' } } }, '# @no-default-header X-P\nGET http://a.test/', []],
    ['a mount for its URLs', { session: { mount: [{ prefix: 'http://a.test/api', defaults: { headers: [['X-M', '1']] } }] } }, 'GET http://a.test/api/x', ['X-M: 1']],
    ['a mount not for others', { session: { mount: [{ prefix: 'http://a.test/api', defaults: { headers: [['X-M', '1']] } }] } }, 'GET http://a.test/x', []],
    ['placeholders in a default', { profile: { headers: { Authorization: 'Bearer {{token}}' } } }, 'GET http://a.test/', ['Authorization: Bearer T']],
    ['a default without a value that is not used', { session: { headers: [['X', '{{nope}}']] } }, 'GET http://a.test/\nX: 1', ['X: 1']],
  ]; // prettier-ignore
  for (const [name, defaults, block, expected] of table) {
    test(name, async () => {
      const { request, problems } = await prepare(block, defaults);
      assert.deepEqual(problems, []);
      const lines = request?.headers.filter(([key]) => !/^(?:accept|accept-encoding|user-agent)$/i.test(key));
      assert.deepEqual(
        lines?.map((line) => line.join(': ')),
        expected,
      );
      if (expected.length === 0 && defaults.session?.headers)
        assert.ok(!request?.headers.some(([key]) => key === 'User-Agent'));
    });
  }
});

describe('params go behind the query, before the fragment (SESSION M12)', () => {
  for (const [url, expected] of [
    ['http://a.test/', 'http://a.test/?k=1&k=2&b=x+y~'],
    ['http://a.test/?z=1#f', 'http://a.test/?z=1&k=1&k=2&b=x+y~#f'],
  ] as const) {
    test(url, async () => {
      const params = [['k', ['1', '2']], ['gone', null], ['b', '{{spaced}}~']] as const; // prettier-ignore
      const { request } = await prepare(`GET ${url}`, { session: { params } });
      assert.equal(request?.url, expected);
    });
  }
});

describe('cookies are requests\' `cookies=`, sent in one line (SESSION 0a.3, C5)', () => {
  const table: readonly (readonly [name: string, cookies: DefaultsPart['cookies'], block: string, line: string | undefined])[] = [
    ['alone', [['a', '1'], ['b', '2']], 'GET http://a.test/', 'a=1; b=2'],
    ['the block wins by name', [['a', '1'], ['b', '2']], 'GET http://a.test/\nCookie: a=9', 'a=9; b=2'],
    ['null removes', [['a', '1'], ['a', null]], 'GET http://a.test/', undefined],
  ]; // prettier-ignore
  for (const [name, cookies = [], block, line] of table) {
    test(name, async () => {
      const { request } = await prepare(block, { session: { cookies } });
      assert.equal(request?.headers.find(([key]) => key === 'Cookie')?.[1], line);
    });
  }
}); // prettier-ignore

describe('settings of defaults and tags', () => {
  const table: readonly (readonly [name: string, defaults: Defaults, block: string, expected: object])[] = [
    ['an environment', { profile: { timeout: 5, redirect: { policy: 'requests' } } }, '', { policy: 'requests', timeouts: { connectMs: 5, readMs: 5 } }],
    ['a tag over all', { flags: { redirect: { policy: 'requests' } } }, '# @redirect preserve\n', { policy: 'preserve' }],
    ['a tag with a placeholder', {}, '# @proxy {{proxy}}\n', { proxies: { http: 'http://p', https: 'http://p', all: 'http://p' } }],
    ['a proxy with a placeholder', { session: { proxies: { http: '{{proxy}}', https: null } } }, '', { proxies: { http: 'http://p', https: null } }],
    ['a mount', { profile: { mount: { 'http://a.test': { maxRedirects: 1 } } } }, '', { maxRedirects: 1 }],
    ['following that was asked for', {}, '# @follow 3\n', { followAsked: true, followLimit: 3 }],
  ]; // prettier-ignore
  for (const [name, defaults, tags, expected] of table) {
    test(name, async () => {
      const { settings, problems } = await prepare(`${tags}GET http://a.test/`, defaults);
      assert.deepEqual(problems, []);
      assert.deepEqual({ ...settings, ...expected }, settings);
    });
  }
});

describe('a default that cannot be sent blocks, with its name and origin', () => {
  for (const [name, defaults, code, message] of [
    [
      'no value',
      { profile: { headers: { 'X-P': '{{nope}}' } } },
      'unknown-variable',
      /header "X-P" \(environment dev\)/,
    ],
    [
      'a line break',
      { session: { headers: [['X-S', '{{lines}}']] } },
      'header-injection',
      /header "X-S" \(session default\)/,
    ],
    [
      'a wide character',
      { session: { headers: [['X-S', '€']] } },
      'invalid-header',
      /X-S.*default \(session default\)/s,
    ],
    ['a leading blank', { session: { headers: [['X-S', ' x']] } }, 'invalid-header', /X-S/],
    ['a param', { session: { params: [['k', '{{nope}}']] } }, 'unknown-variable', /param "k"/],
    ['a proxy', { session: { proxies: { all: '{{nope}}' } } }, 'unknown-variable', /proxy "all"/],
  ] as const satisfies readonly (readonly [string, Defaults, string, RegExp])[]) {
    // prettier-ignore
    test(name, async () => {
      const { request, problems } = await prepare('GET http://a.test/', defaults);
      assert.equal(request, undefined);
      assert.deepEqual(
        problems.map((problem) => problem.code),
        [code],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }
});

test('a line break in a header of the block is told with the name of the header', async () => {
  const { problems } = await prepare('GET http://a.test/\nX-A: {{lines}}', {});
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['header-injection'],
  );
  assert.match(problems[0]?.message ?? '', /X-A/);
});

test('the settings of a later hop are those of its own mount', async () => {
  const mount = [
    { prefix: 'http://a.test/', defaults: { verify: false, headers: [['X', '1']] as const } },
    { prefix: 'http://c.test/', defaults: { proxies: { all: '{{nope}}' } } },
  ];
  const preparation = await prepare('GET http://a.test/', { session: { mount } });
  assert.equal(preparation.settings.verify, false);
  const other = await preparation.settingsAt('http://b.test/');
  assert.equal('settings' in other && other.settings.verify, true);
  const broken = await preparation.settingsAt('http://c.test/');
  assert.equal('failure' in broken && broken.failure.code, 'invalid-setting');
});

describe('the target as written (SESSION P4)', () => {
  for (const [block, expected] of [
    ['GET http://a.test/a/../b%2e?x=|', '/a/../b%2e?x=|'],
    ['GET http://a.test?q=1', '/?q=1'],
    ['GET //x//y\nHost: a.test', '//x//y'],
    ['GET http://a.test/ü x', '/%C3%BC%20x'],
  ] as const) {
    test(block, async () => {
      const { request } = await prepare(`# @no-auto-encoding\n${block}`, {});
      assert.equal(request?.rawTarget, expected);
    });
  }

  test('is not kept where nobody asked for it', async () => {
    const { request } = await prepare('GET http://a.test/a/../b', {});
    assert.equal(request?.rawTarget, undefined);
  });
});

function prepare(block: string, { profile, session, flags }: Defaults): Promise<Preparation> {
  const opened = newSession();
  opened.setDefaults({ headers: [], params: [], ...session });
  const text = JSON.stringify({ dev: profile === undefined ? {} : { $session: profile } });
  const input = runInput(`${block}\n`, undefined, {
    session: opened,
    sources: [{ path: '/work/http-client.env.json', kind: 'public', text }],
    environment: ['dev'],
    overrides: [
      ['token', 'T'],
      ['spaced', 'x y'],
      ['proxy', 'http://p'],
      ['lines', 'a\r\nb'],
    ],
  });
  const layers = flags === undefined ? [] : [{ origin: { kind: 'flags' } as const, defaults: flags }];
  return prepareRequest(prepareInput({ ...input, defaults: layers }, createResolver(input, [], 'no'), 'no'));
}
