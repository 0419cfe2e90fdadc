import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { exportNetscape, importNetscape } from '../../src/core/cookies/formats/netscape.ts';
import { provesAdvisories } from './advisories.ts';
import { redirectTo, scene } from './scene.ts';

interface Setting {
  readonly at: string;
  readonly lines: readonly string[];
  /** Asked afterwards, in this order. */
  readonly asked: readonly string[];
  /** The Cookie line that each of them must get; `-` is none. */
  readonly sent: readonly string[];
}

/** What a server sets, and where it goes afterwards. */
function check({ at, lines, asked, sent }: Setting) {
  return async (t: TestContext): Promise<void> => {
    const headers = lines.map((line) => ['Set-Cookie', line] as const);
    const { send, arrived } = scene(t, { answers: { [at]: { headers } } });
    await send(at);
    for (const url of asked) await send(url);
    assert.deepEqual(arrived('cookie').slice(1), sent);
  };
}

provesAdvisories('cookies', {
  'CVE-2014-3613': [
    'an address is no domain that others end with (curl)',
    check({
      at: 'http://192.0.2.10/',
      lines: ['a=1; Domain=2.10', 'b=1; Domain=.0.2.10', 'c=1'],
      asked: ['http://192.0.2.10/', 'http://198.51.2.10/'],
      sent: ['c=1', '-'],
    }),
  ],
  'CVE-2014-3620': [
    'nobody sets a cookie for a whole top-level domain (curl)',
    check({
      at: 'http://a.com/',
      lines: ['a=1; Domain=com', 'b=1; Domain=.com'],
      asked: ['http://b.com/'],
      sent: ['-'],
    }),
  ],
  'CVE-2015-2296': [
    'a cookie without a domain belongs to the host of the hop that set it (requests)',
    async (t) => {
      const { send, arrived } = scene(t, {
        answers: {
          'http://a.test/x': {
            status: 302,
            headers: [
              ['Location', 'http://b.test/y'],
              ['Set-Cookie', 'sid=SECRET'],
            ],
          },
          'http://b.test/y': redirectTo('http://a.test/z'),
        },
      });
      await send('http://a.test/x');
      assert.deepEqual(arrived('cookie'), ['-', '-', 'sid=SECRET']);
    },
  ],
  'CVE-2016-8615': [
    'a value cannot write lines into an exported cookie file (curl)',
    async (t) => {
      const value = 'x\tTRUE\t/\tFALSE\t0\tevil\t1';
      const { session, send } = scene(t, {
        answers: { 'http://a.test/': { headers: [['Set-Cookie', `a=${value}`]] } },
      });
      await send('http://a.test/');
      const { text } = exportNetscape(session.jar.all(Date.now()));
      const back = importNetscape(text, Date.now()).cookies;
      assert.deepEqual(
        back.filter(({ name }) => name !== 'a'),
        [],
      );
      for (const line of text.split('\n').filter((each) => each !== '' && !/^#(?!HttpOnly_)/.test(each))) {
        assert.equal(line.split('\t').length, 7, line);
      }
    },
  ],
  'CVE-2016-1000232': [
    'thousands of semicolons are read in one pass (tough-cookie)',
    linear(`a=1${';'.repeat(3900)}x`),
  ],
  'CVE-2017-15010': [
    'thousands of blanks before a value are read in one pass (tough-cookie)',
    linear(`a${' '.repeat(3900)}=1`),
  ],
  'CVE-2022-27779': [
    'a final dot hides no public suffix (curl)',
    check({
      at: 'http://a.co.uk./',
      lines: ['a=1; Domain=co.uk.', 'b=1; Domain=co.uk'],
      asked: ['http://b.co.uk./', 'http://b.co.uk/'],
      sent: ['-', '-'],
    }),
  ],
  'CVE-2022-32205': [
    'one response does not fill the jar, nor the Cookie line, without bound (curl)',
    async (t) => {
      const manyHeaders = { name: 'Set-Cookie', value: `c{n}=${'v'.repeat(40)}`, count: 4000 };
      const { session, send, arrived } = scene(t, { answers: { 'http://a.test/': { manyHeaders } } });
      const exchange = await send('http://a.test/', { settings: { maxHeaderBytes: 1024 * 1024 } });
      assert.ok(session.jar.all(Date.now()).length <= 180);
      assert.ok(exchange.hops[0]?.warnings.some(({ code }) => code === 'set-cookie-limit'));
      await send('http://a.test/');
      assert.ok((arrived('cookie')[1] ?? '').length < 16 * 1024);
    },
  ],
  'CVE-2022-35252': [
    'a cookie with a control character is neither stored nor sent, and the session goes on (curl)',
    async (t) => {
      const bad = ['a=x\u0001y', 'a=x\u007Fy', 'a=1; Path=/\u0002'].map((line) => ({
        headers: [['Set-Cookie', line] as const],
      }));
      const { session, send, arrived } = scene(t, {
        answers: { 'http://a.test/': [...bad, { headers: [['Set-Cookie', 'd=1']] }] },
      });
      for (let n = 0; n < 5; n += 1) await send('http://a.test/');
      assert.deepEqual(arrived('cookie'), ['-', '-', '-', '-', 'd=1']);
      // What does not come from a server is judged as well.
      const { verdicts } = session.jar.accept(['a=x\u0001y', 'a=x\u007Fy'], 'http://a.test/', Date.now());
      assert.deepEqual(
        verdicts.map(({ kind }) => kind),
        ['rejected', 'rejected'],
      );
    },
  ],
  'CVE-2023-26136': [
    'names of an object prototype are names like others (tough-cookie)',
    async (t) => {
      const lines = [
        '__proto__=1; Domain=__proto__',
        '__proto__=polluted; Path=/',
        'constructor=2',
        'hasOwnProperty=3',
      ];
      const headers = lines.map((line) => ['Set-Cookie', line] as const);
      const { send, arrived } = scene(t, { answers: { 'http://a.test/': { headers } } });
      await send('http://a.test/');
      await send('http://a.test/');
      assert.equal(arrived('cookie')[1], '__proto__=polluted; constructor=2; hasOwnProperty=3');
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      assert.equal(Object.getPrototypeOf({}), Object.prototype);
    },
  ],
  'CVE-2023-46218': [
    'letter case hides no public suffix (curl)',
    check({
      at: 'http://a.co.uk/',
      lines: ['a=1; Domain=Co.Uk', 'b=1; Domain=CO.UK'],
      asked: ['http://b.co.uk/'],
      sent: ['-'],
    }),
  ],
  'CVE-2025-9086': [
    'http neither overwrites nor removes a Secure cookie (curl)',
    async (t) => {
      const { send, arrived } = scene(t, {
        answers: {
          'https://a.test/': { headers: [['Set-Cookie', 'sid=good; Secure; Path=/']] },
          'http://a.test/': {
            headers: [
              ['Set-Cookie', 'sid=evil; Path=/'],
              ['Set-Cookie', 'sid=; Max-Age=0; Path=/'],
            ],
          },
        },
      });
      for (const url of ['https://a.test/', 'http://a.test/', 'https://a.test/next']) await send(url);
      assert.deepEqual(arrived('cookie'), ['-', '-', 'sid=good']);
    },
  ],
  'CVE-2026-6276': [
    'cookies go by the host of the URL, and a Host line does not outlive its origin (curl)',
    async (t) => {
      const { send, arrived } = scene(t, {
        answers: {
          'http://a.test/x': {
            status: 302,
            headers: [
              ['Location', 'http://b.test/y'],
              ['Set-Cookie', 'sid=1; Domain=a.test'],
            ],
          },
        },
      });
      await send('http://a.test/x', { headers: [['Host', 'other.test']] });
      assert.deepEqual(
        [arrived('host'), arrived('cookie')],
        [
          ['other.test', 'b.test'],
          ['-', '-'],
        ],
      );
      await send('http://b.test/z', { headers: [['Host', 'a.test']] });
      assert.equal(arrived('cookie').at(-1), '-');
    },
  ],
  'CVE-2026-8924': [
    'letter case and a final dot together hide no public suffix (curl)',
    check({
      at: 'http://A.Co.Uk./',
      lines: ['a=1; Domain=CO.UK.'],
      asked: ['http://b.co.uk/', 'http://b.co.uk./'],
      sent: ['-', '-'],
    }),
  ],
  'CVE-2026-9679': [
    'a percent sign in a cookie is never decoded (undici)',
    check({
      at: 'http://a.test/',
      lines: ['a=%0d%0aX-Evil:%201', 'b=%3B'],
      asked: ['http://a.test/'],
      sent: ['a=%0d%0aX-Evil:%201; b=%3B'],
    }),
  ],
  'CVE-2026-11525': [
    'the last SameSite counts, and one that is not known is none (undici)',
    async (t) => {
      const headers = [['Set-Cookie', 'a=1; SameSite=Strict; SameSite=bogus']] as const;
      const { session, send } = scene(t, { answers: { 'http://a.test/': { headers } } });
      await send('http://a.test/');
      assert.equal(session.jar.all(Date.now())[0]?.sameSite, undefined);
    },
  ],
  'CVE-2026-16729': [
    'a value adds no attributes, and a comma begins no second cookie (undici)',
    async (t) => {
      const headers = [['Set-Cookie', 'a=1, b=2; Path=/, c=3; Domain=evil.test']] as const;
      const { session, send } = scene(t, {
        answers: { 'http://a.test/': { headers: [...headers, ['Set-Cookie', 'd=1, e=2']] } },
      });
      await send('http://a.test/');
      assert.deepEqual(
        session.jar.all(Date.now()).map(({ name, value }) => [name, value]),
        [['d', '1, e=2']],
      );
    },
  ],
});

/** It is read at all, and the same session goes on; a regular expression that backtracks would take minutes. */
function linear(line: string) {
  return check({ at: 'http://a.test/', lines: [line, 'ok=1'], asked: ['http://a.test/'], sent: ['a=1; ok=1'] });
}
