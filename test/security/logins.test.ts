import assert from 'node:assert/strict';
import { provesAdvisories } from './advisories.ts';
import { redirectTo, scene } from './scene.ts';

const digest = { type: 'digest', username: 'u', password: 'p' } as const;
const challenge = (nonce: string) =>
  ({ status: 401, headers: [['WWW-Authenticate', `Digest realm="r", nonce="${nonce}", qop="auth"`]] }) as const;

provesAdvisories('logins', {
  'CVE-2024-11053': [
    'a netrc entry without a password does not take the password of the host before it (curl)',
    async (t) => {
      const { send, arrived } = scene(t, {
        answers: { 'http://a.test/x': redirectTo('http://b.test/y') },
        netrc: 'machine a.test login ann password SECRET\nmachine b.test login bob\n',
      });
      await send('http://a.test/x');
      const [first, second] = arrived('authorization');
      assert.equal(first, `Basic ${btoa('ann:SECRET')}`);
      assert.ok(second === '-' || second === `Basic ${btoa('bob:')}`, second);
    },
  ],
  'CVE-2024-47081': [
    'netrc is asked for the host that is connected to, not for text before an @ (requests)',
    async (t) => {
      const { send, arrived, urls } = scene(t, { netrc: 'machine a.test login ann password SECRET' });
      // Userinfo of a written URL is taken apart when the request is prepared.
      await send('http://evil.test/x', { auth: { userinfo: { type: 'basic', username: 'a.test', password: '' } } });
      assert.deepEqual(urls(), ['http://evil.test/x']);
      assert.deepEqual(arrived('authorization'), [`Basic ${btoa('a.test:')}`]);
    },
  ],
  'CVE-2025-0167': [
    'an empty default entry of netrc sends no login that the host before it had (curl)',
    async (t) => {
      const { send, arrived } = scene(t, {
        answers: { 'http://a.test/x': redirectTo('http://b.test/y') },
        netrc: 'machine a.test login ann password SECRET\ndefault\n',
      });
      await send('http://a.test/x');
      assert.deepEqual(arrived('authorization'), [`Basic ${btoa('ann:SECRET')}`, '-']);
    },
  ],
  'CVE-2026-3783': [
    'a bearer token is not sent to a redirect target because netrc knows the target (curl)',
    async (t) => {
      const { send, arrived } = scene(t, {
        answers: { 'http://a.test/x': redirectTo('http://b.test/y') },
        netrc: 'machine b.test login bob password pw',
      });
      await send('http://a.test/x', {
        auth: { session: { credentials: { type: 'bearer', token: 'TOKEN' }, origin: 'http://a.test' } },
      });
      const [first, second] = arrived('authorization');
      assert.equal(first, 'Bearer TOKEN');
      assert.ok(!second?.includes('TOKEN'), second);
    },
  ],
  'CVE-2026-6429': [
    'a password of netrc is not sent on to a host that netrc does not name (curl)',
    async (t) => {
      const { send, arrived } = scene(t, {
        answers: {
          'https://a.test/x': redirectTo('https://a.test:8443/y'),
          'https://a.test:8443/y': redirectTo('https://b.test/z'),
        },
        netrc: 'machine a.test login ann password SECRET',
      });
      await send('https://a.test/x');
      assert.equal(arrived('authorization').at(-1), '-');
    },
  ],
  'CVE-2026-8926': [
    'a user in the URL does not get the password of another netrc entry (curl)',
    async (t) => {
      const { send, arrived } = scene(t, { netrc: 'machine b.test login bob password SECRET' });
      await send('http://a.test/x', { auth: { userinfo: { type: 'basic', username: 'bob', password: '' } } });
      assert.deepEqual(arrived('authorization'), [`Basic ${btoa('bob:')}`]);
    },
  ],
  'CVE-2026-11856': [
    'the nonce of one origin is not used for another (curl)',
    async (t) => {
      const answers = {
        'http://a.test/x': [challenge('na'), { status: 200 }, redirectTo('http://b.test/y')],
        'http://b.test/y': [challenge('nb'), { status: 200 }],
      };
      const { send, arrived } = scene(t, { answers });
      await send('http://a.test/x', { auth: { own: digest } });
      await send('http://a.test/x', { auth: { own: digest } });
      assert.deepEqual(
        arrived('authorization').map((value) => /nonce="(\w+)"/.exec(value)?.[1] ?? value),
        ['-', 'na', 'na', '-'],
      );
    },
  ],
});
