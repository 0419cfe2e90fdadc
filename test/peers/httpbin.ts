import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import type { Session } from '../../src/core/session/session.ts';
import type { Peers } from './debianPackages.ts';
import { freePort, PeerScope } from './peer.ts';
import { answerOf, lastHop, send } from './peerClient.ts';

const program = `
import sys
from httpbin import app
from werkzeug.serving import WSGIRequestHandler, run_simple
WSGIRequestHandler.protocol_version = 'HTTP/1.1'
run_simple('127.0.0.1', int(sys.argv[1]), app, threaded=True)
`;

/** Cookies, redirects, authentication and codings as httpbin has them: the server that requests is taught with. */
export function httpbinSuite({ find, environment }: Peers): void {
  suite('httpbin', () => {
    const scope = new PeerScope();
    let origin = '';
    let session: Session;

    before(async () => {
      const port = await freePort();
      origin = `http://127.0.0.1:${port}`;
      await scope.start(find('/usr/bin/python3'), ['-c', program, String(port)], { port, environment });
      session = scope.session();
    });

    const json = async (text: string, of = session): Promise<Answer> =>
      JSON.parse(answerOf(await send(of, text.replaceAll('~', origin)))) as Answer;
    const statuses = async (text: string, of = session): Promise<(number | undefined)[]> =>
      (await send(of, text.replaceAll('~', origin))).hops.map(({ response }) => response?.status);

    test('cookies set on a redirect are sent from the next hop on, and until they are deleted', async () => {
      const own = scope.session();
      const set = await send(own, `GET ${origin}/cookies/set?a=1&b=2`);
      assert.deepEqual(
        set.hops.map(({ cookies }) => cookies.sent.map(({ name }) => name)),
        [[], ['a', 'b']],
      );
      assert.deepEqual((await json('GET ~/cookies', own)).cookies, { a: '1', b: '2' });
      assert.deepEqual((await json('GET ~/cookies/delete?a', own)).cookies, { b: '2' });
      assert.deepEqual((await json('GET ~/cookies/set/c/3', own)).cookies, { b: '2', c: '3' });
      assert.deepEqual((await json('GET ~/cookies\nCookie: b=mine', own)).cookies, { b: 'mine', c: '3' });
      assert.deepEqual((await json('# @no-cookie-jar\nGET ~/cookies', own)).cookies, {});
    });

    for (const kind of ['redirect', 'relative-redirect', 'absolute-redirect']) {
      test(`${kind}: six times`, async () => {
        assert.deepEqual(await statuses(`GET ~/${kind}/6`), [302, 302, 302, 302, 302, 302, 200]);
      });
    }

    for (const [status, method] of [
      [301, 'GET'],
      [302, 'GET'],
      [303, 'GET'],
      [307, 'POST'],
      [308, 'POST'],
    ] as const) {
      test(`a POST redirected with ${status} goes on as ${method}`, async () => {
        const text = `POST ~/redirect-to?url=/anything&status_code=${status}\nContent-Type: text/plain\n\nBODY`;
        const seen = await json(text);
        const kept = method === 'POST';
        assert.deepEqual(
          [seen.method, seen.data, seen.headers['Content-Type']],
          [method, kept ? 'BODY' : '', kept ? 'text/plain' : undefined],
        );
      });
    }

    test('Basic: 401 without, 200 with the right credentials', async () => {
      assert.deepEqual(await statuses('GET ~/basic-auth/user/pass'), [401]);
      assert.deepEqual(await statuses('GET ~/basic-auth/user/pass\nAuthorization: Basic user pass'), [200]);
      assert.deepEqual(await statuses('# @auth basic user pass\nGET ~/basic-auth/user/pass'), [200]);
      const withUser = `GET ${origin.replace('//', '//user:pass@')}/basic-auth/user/pass`;
      assert.deepEqual(await statuses(withUser), [200]);
    });

    test('Bearer', async () => {
      assert.deepEqual(await statuses('GET ~/bearer'), [401]);
      assert.equal((await json('# @auth bearer 123\nGET ~/bearer')).token, '123');
    });

    for (const algorithm of ['MD5', 'SHA-256', 'SHA-512']) {
      test(`Digest with ${algorithm}`, async () => {
        const text = `# @auth digest user pass\nGET ~/digest-auth/auth/user/pass/${algorithm}`;
        assert.deepEqual(await statuses(text, scope.session()), [401, 200]);
      });
    }

    test('Digest with a digest of the body', async () => {
      const text = '# @auth digest user pass\nGET ~/digest-auth/auth-int/user/pass/MD5';
      assert.deepEqual(await statuses(text, scope.session()), [401, 200]);
    });

    for (const coding of ['gzip', 'deflate', 'brotli']) {
      test(`${coding} is undone`, async () => {
        const seen = await json(`GET ~/${coding}`);
        assert.equal(seen[coding === 'gzip' ? 'gzipped' : coding === 'deflate' ? 'deflated' : 'brotli'], true);
      });
    }

    test('what is sent is what arrives: query, headers, form, JSON', async () => {
      const query = await json('GET ~/anything?a=1&a=2&b=%20x\nX-Odd: Ünï');
      assert.deepEqual(query.args, { a: ['1', '2'], b: ' x' });
      const form = await json('POST ~/anything\nContent-Type: application/x-www-form-urlencoded\n\na=1&b=x+y');
      assert.deepEqual(form.form, { a: '1', b: 'x y' });
      const body = await json('PUT ~/anything\nContent-Type: application/json\n\n{"a": [1, 2]}');
      assert.deepEqual([body.method, body.json], ['PUT', { a: [1, 2] }]);
    });

    test('the product says who it is and what it takes', async () => {
      const { headers } = await json('GET ~/headers');
      assert.match(headers['User-Agent'] ?? '', /^crumbtrail/i);
      assert.equal(headers['Accept'], '*/*');
      assert.match(headers['Accept-Encoding'] ?? '', /gzip.*br/);
    });

    test('a body that drips, one that is chunked, and none at all', async () => {
      assert.equal(answerOf(await send(session, `GET ${origin}/drip?duration=0.2&numbytes=5&delay=0`)), '*****');
      assert.equal(
        answerOf(await send(session, `GET ${origin}/stream/3`))
          .trim()
          .split('\n').length,
        3,
      );
      assert.equal(answerOf(await send(session, `GET ${origin}/status/204`)), '');
    });

    test('a total timeout ends a slow answer', async () => {
      const slow = await send(session, `GET ${origin}/delay/3`, { timeouts: { totalMs: 300 } });
      assert.equal(slow.failure?.code, 'total-timeout');
      assert.ok(lastHop(slow).wire.timing.totalMs >= 299);
    });
  });
}

interface Answer {
  readonly [name: string]: unknown;
  readonly cookies: Readonly<Record<string, string>>;
  readonly method: string;
  readonly data: string;
  readonly token: string;
  readonly args: unknown;
  readonly form: unknown;
  readonly json: unknown;
  readonly headers: Readonly<Record<string, string>>;
}
