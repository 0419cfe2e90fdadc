import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { runBlock } from '../../src/core/run/runBlock.ts';
import type { Hop } from '../../src/core/session/exchange.ts';
import { hopAsHttp } from '../../src/present/httpBlock.ts';
import { runInput } from '../support/runInput.ts';

interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

let server: Server;
let origin = '';
let arrived: Arrived[] = [];

before(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
      arrived.push({ method, url, headers, body: Buffer.concat(chunks).toString('latin1') });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

async function sent(text: string): Promise<Hop> {
  const { exchange, problems } = await runBlock(runInput(text));
  const hop = exchange?.hops[0];
  assert.ok(hop?.response, `${text}\n${JSON.stringify(problems)}`);
  return hop;
}

/** What a block sends is sent again by the block that is copied of it. */
async function check(...lines: readonly string[]): Promise<void> {
  arrived = [];
  const hop = await sent(lines.join('\n').replaceAll('HOST', origin));
  const block = hopAsHttp(hop);
  await sent(block);
  assert.deepEqual(arrived[1], arrived[0], block);
  assert.equal(hopAsHttp(await sent(block)), block);
}

test('targets, methods and headers', async () => {
  await check('GET HOST/');
  await check('PURGE HOST/a%20b?x=1&y=%7B%7D#part');
  await check('GET HOST/search?q=a b "c" [1] {2} | ü');
  await check('HEAD HOST/', 'X-Empty:', 'X-Odd: it\'s "odd" # not // a comment; a=1', 'X-Twice: 1', 'X-Twice: 2');
  await check('GET HOST/', 'Authorization: Basic user:pass', 'Cookie: a=1; b="2"', 'X-Latin: é');
  await check('# @no-auto-encoding', 'GET HOST/a/../b//c/./d?x');
});

test('bodies', async () => {
  const json = 'Content-Type: application/json';
  await check('POST HOST/', json, '', '{', '  "a": "b ✓"', '}');
  await check('# @raw-body', 'POST HOST/', 'Content-Type: text/plain', '', 'one', '# two', '', '// three');
  await check('POST HOST/', 'Content-Type: application/x-www-form-urlencoded', '', 'a=1&', 'b=2 3');
  await check(
    'POST HOST/',
    'Content-Type: multipart/form-data; boundary=x',
    '',
    '--x',
    'Content-Disposition: form-data; name="a"',
    '',
    '1',
    '--x--',
  );
  await check('GRAPHQL HOST/', '', 'query { a(b: 1) { c } }', '', '{ "b": 1 }');
  await check('POST HOST/', 'Transfer-Encoding: chunked', '', 'x');
});
