import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { HeaderList } from '../../src/core/http/headerList.ts';
import type { SendSettings } from '../../src/core/session/settings.ts';
import { provesAdvisories } from './advisories.ts';
import { redirectTo, scene } from './scene.ts';

interface Crossing {
  readonly from: string;
  readonly to: string;
  readonly status?: number;
  readonly lines: HeaderList;
  readonly settings?: Partial<SendSettings>;
  /** The header that must not arrive at the second hop. */
  readonly gone: string;
}

/** The line is sent where it belongs, and not to where the first server sends us. */
function check({ from, to, status, lines, settings = {}, gone }: Crossing) {
  return async (t: TestContext): Promise<void> => {
    const { send, arrived, urls } = scene(t, { answers: { [from]: redirectTo(to, status) } });
    const exchange = await send(from, { headers: lines, settings });
    assert.deepEqual(urls(), [from, to]);
    const [first, second] = arrived(gone);
    assert.notEqual(first, undefined);
    assert.equal(second, '-');
    const [decision] = exchange.hops.map((hop) => hop.decision);
    const dropped = decision?.kind === 'follow' ? decision.changes.map(({ name }) => name?.toLowerCase()) : [];
    assert.ok(dropped.includes(gone), 'the hop says what was dropped');
  };
}

const authorization = [['Authorization', 'Bearer TOKEN']] as const;
const cookie = [['Cookie', 'sid=SECRET']] as const;
const proxyAuthorization = [['Proxy-Authorization', 'Basic SECRET']] as const;

provesAdvisories('credentials', {
  'CVE-2014-1829': [
    'a password of netrc is not in what the next host reads (requests)',
    async (t) => {
      const answers = { 'http://a.test/x': redirectTo('http://b.test/y') };
      const { send, arrived } = scene(t, { answers, netrc: 'machine a.test login u password p' });
      await send('http://a.test/x');
      assert.deepEqual(arrived('authorization'), ['Basic dTpw', '-']);
    },
  ],
  'CVE-2014-1830': ['Proxy-Authorization does not go to another host (requests)', proxyLine('http://b.test/y')],
  'CVE-2018-18074': [
    'Authorization does not go from https to http of the same host (requests)',
    check({ from: 'https://a.test/x', to: 'http://a.test/y', lines: authorization, gone: 'authorization' }),
  ],
  'CVE-2018-20060': [
    'Authorization does not go to another host, whatever the redirect status (urllib3)',
    check({ from: 'http://a.test/x', to: 'http://b.test/y', status: 307, lines: authorization, gone: 'authorization' }),
  ],
  'CVE-2018-25091': [
    'the name of the header may be written in any case (urllib3)',
    check({
      from: 'http://a.test/x',
      to: 'http://b.test/y',
      lines: [['aUTHORIZATION', 'Bearer TOKEN']],
      gone: 'authorization',
    }),
  ],
  'CVE-2018-1000007': [
    'a header line of the user does not follow either (curl)',
    check({
      from: 'https://a.test/x',
      to: 'https://evil.test/y',
      lines: [['Authorization', 'Basic dTpw']],
      gone: 'authorization',
    }),
  ],
  'CVE-2022-0155': [
    'a Cookie line does not go to another host (follow-redirects)',
    check({ from: 'https://a.test/x', to: 'https://b.test/y', lines: cookie, gone: 'cookie' }),
  ],
  'CVE-2022-0536': [
    'Authorization does not go from https to http (follow-redirects)',
    check({ from: 'https://a.test/x', to: 'http://a.test:8080/y', lines: authorization, gone: 'authorization' }),
  ],
  'CVE-2022-27774': [
    'credentials do not go to another port of the host (curl)',
    async (t) => {
      const { send, arrived } = scene(t, { answers: { 'http://a.test/x': redirectTo('http://a.test:81/y') } });
      await send('http://a.test/x', { auth: { own: { type: 'basic', username: 'u', password: 'p' } } });
      assert.deepEqual(arrived('authorization'), ['Basic dTpw', '-']);
    },
  ],
  'CVE-2022-27776': [
    'header lines with credentials do not go to another port of the host (curl)',
    async (t) => {
      const { send, arrived } = scene(t, { answers: { 'http://a.test:81/x': redirectTo('http://a.test:82/y') } });
      await send('http://a.test:81/x', { headers: [...authorization, ...cookie] });
      assert.deepEqual(
        [arrived('authorization'), arrived('cookie')],
        [
          ['Bearer TOKEN', '-'],
          ['sid=SECRET', '-'],
        ],
      );
    },
  ],
  'CVE-2022-31151': [
    'a Cookie line does not go to another host (undici)',
    check({ from: 'http://a.test/x', to: 'http://sub.a.test/y', lines: cookie, gone: 'cookie' }),
  ],
  'CVE-2023-43804': [
    'a Cookie line does not go to another host, with a body that is sent again (urllib3)',
    check({ from: 'http://a.test/x', to: 'http://b.test/y', status: 308, lines: cookie, gone: 'cookie' }),
  ],
  'CVE-2023-45143': [
    'the host decides as it is connected to, not as it is written (undici)',
    check({ from: 'http://a.test/x', to: 'http://a.test.evil.test/y', lines: cookie, gone: 'cookie' }),
  ],
  'CVE-2024-24758': ['Proxy-Authorization does not go to another origin (undici)', proxyLine('https://b.test/y')],
  'CVE-2024-28849': [
    'Proxy-Authorization does not follow (follow-redirects)',
    async (t) => {
      const answers = {
        'http://a.test/x': redirectTo('http://b.test/y'),
        'http://b.test/y': redirectTo('http://a.test/z'),
      };
      const { send, arrived } = scene(t, { answers });
      await send('http://a.test/x', { headers: [...proxyAuthorization, ...authorization] });
      // What was dropped stays dropped, also when the chain comes back.
      assert.deepEqual(arrived('proxy-authorization').slice(1), ['-', '-']);
      assert.deepEqual(arrived('authorization'), ['Bearer TOKEN', '-', '-']);
    },
  ],
  'CVE-2024-30260': [
    'Authorization and Proxy-Authorization together do not go to another origin (undici)',
    check({
      from: 'http://a.test/x',
      to: 'http://b.test/y',
      lines: [...authorization, ...proxyAuthorization],
      gone: 'authorization',
    }),
  ],
  'CVE-2024-37891': ['Proxy-Authorization without a proxy does not follow (urllib3)', proxyLine('http://a.test/y')],
  'CVE-2025-14524': [
    'a bearer token does not go to another scheme or host (curl)',
    async (t) => {
      const { send, arrived } = scene(t, { answers: { 'https://a.test/x': redirectTo('http://a.test/y') } });
      await send('https://a.test/x', { auth: { own: { type: 'bearer', token: 'TOKEN' } } });
      assert.deepEqual(arrived('authorization'), ['Bearer TOKEN', '-']);
      const mail = scene(t, { answers: { 'https://a.test/x': redirectTo('imap://a.test/y') } });
      const exchange = await mail.send('https://a.test/x', { auth: { own: { type: 'bearer', token: 'TOKEN' } } });
      assert.deepEqual([exchange.failure?.code, mail.urls()], ['redirect-scheme', ['https://a.test/x']]);
    },
  ],
  'GHSA-6cv7-626c-qhqw': [
    'Proxy-Authorization is dropped over several hops (undici)',
    async (t) => {
      const answers = { 'http://a.test/x': redirectTo('/y'), 'http://a.test/y': redirectTo('http://b.test/z') };
      const { send, arrived } = scene(t, { answers });
      await send('http://a.test/x', { headers: proxyAuthorization });
      assert.deepEqual(arrived('proxy-authorization').slice(1), ['-', '-']);
    },
  ],
  'undici 8.12.0 header arrays': [
    'every line of a repeated header is dropped, not the first one alone',
    check({
      from: 'http://a.test/x',
      to: 'http://b.test/y',
      lines: [
        ['Authorization', 'Bearer A'],
        ['X-Other', '1'],
        ['authorization', 'Bearer B'],
      ],
      gone: 'authorization',
    }),
  ],
});

function proxyLine(to: string) {
  return async (t: TestContext): Promise<void> => {
    const { send, arrived } = scene(t, { answers: { 'http://a.test/x': redirectTo(to) } });
    await send('http://a.test/x', { headers: proxyAuthorization });
    assert.equal(arrived('proxy-authorization')[1], '-');
  };
}
