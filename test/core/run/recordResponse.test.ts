import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { RunResult } from '../../../src/core/run/run.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { newSession, runInput } from '../../support/runInput.ts';

const server = createServer((request, response) => {
  response.end(`{"a":"found","b":"${'x'.repeat(Math.max(0, Number(request.url?.slice(1)) - 20))}"}`);
});
let origin = '';
let session: Session;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  session = newSession();
});

after(async () => {
  await session.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const run = (text: string, id: string): Promise<RunResult> =>
  runBlock(runInput(text, id, { session, overrides: [['origin', origin]] }));

/** What a body of this size is looked into for: `undefined` where it is. */
async function check(size: number, capture: RegExp | undefined, reference: RegExp | undefined): Promise<void> {
  const written = '# @capture a = response.body.a';
  const text = `### big\n${written}\nGET {{origin}}/${size}\n\n### next\nGET {{origin}}/1?{{big.response.body.a}}\n`;
  const sent = await run(text, 'big');
  assert.equal(sent.captured['a'], capture === undefined ? 'found' : undefined);
  said(text, sent, capture, written);
  const next = await run(text, 'next');
  assert.equal(next.outcome, reference === undefined ? 'completed' : 'blocked');
  said(text, next, reference, '{{big.response.body.a}}');
}

function said(text: string, { problems }: RunResult, expected: RegExp | undefined, place: string): void {
  const [problem] = problems;
  if (!expected) return assert.deepEqual(problems, []);
  assert.match(problem?.message ?? '', expected);
  assert.equal(text.slice(problem?.span.start, problem?.span.end), place);
}

const mebibyte = 1024 * 1024;

test('a body that is too large to be looked into says its size, the bound and what to do, at its place', async () => {
  await check(mebibyte, undefined, undefined);
  await check(mebibyte + 1, undefined, /has 1 MB, and a reference looks into 1 MiB at most\. Ask for less of it/);
  await check(4 * mebibyte, undefined, /has 4\.2 MB, and a reference/);
  await check(
    4 * mebibyte + 1,
    /"a" was not captured\. .*has 4\.2 MB, and a capture looks into 4 MiB at most\. Ask for less of it/,
    /has 4\.2 MB, and a reference/,
  );
});
