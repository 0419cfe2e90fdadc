import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { neverResolves } from '../../../src/core/run/neverResolves.ts';
import { previewBlock } from '../../../src/core/run/preview.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import type { RunResult } from '../../../src/core/run/run.ts';
import type { Problem } from '../../../src/core/text/problem.ts';
import { openBodyFolder } from '../../../src/node/bodyFolder.ts';
import { type EchoServer, startEcho } from '../../support/echo.ts';
import { runInput, wholeOf, type RunOptions } from '../../support/runInput.ts';

let echo: EchoServer;
before(async () => {
  echo = await startEcho();
});
after(() => echo.close());

/** The result, and what was written by path. */
async function run(text: string, write?: (path: string) => void, options: RunOptions = {}) {
  const written: Record<string, string> = {};
  const input = runInput(text.replaceAll('HOST', `127.0.0.1:${echo.port}`), undefined, options);
  const files: typeof input.ports.files = {
    ...input.ports.files,
    write: async (path, content) => {
      write?.(path);
      written[path] = new TextDecoder().decode(await wholeOf(content));
      return true;
    },
  };
  const result: RunResult = await runBlock({ ...input, ports: { ...input.ports, files } });
  await input.session.close();
  return { written, saved: result.saved, problems: result.problems.map(({ severity, code }) => `${severity} ${code}`) };
}

describe('the response of a block', () => {
  test('is saved byte for byte, of the last hop', async () => {
    const { written, saved, problems } = await run('POST http://HOST/redir302\n\n>> ./out/a.json');
    assert.deepEqual(Object.keys(written), ['/work/api/out/a.json']);
    assert.match(written['/work/api/out/a.json'] ?? '', /"GET \/target HTTP\/1\.1"/);
    assert.deepEqual([saved, problems], [['./out/a.json'], []]);
  });

  test('is saved in every file that is named', async () => {
    const { written } = await run('# @save a.json\nGET http://HOST/x\n\n>> b.json\n>>! c.json');
    assert.deepEqual(Object.keys(written), ['/work/api/a.json', '/work/api/b.json', '/work/api/c.json']);
  });

  test('is saved as a whole when it lies in a file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'crumbtrail-saved-'));
    const bodyStore = openBodyFolder({ directory, secret: randomBytes(32), now: Date.now, memoryLimit: 10 });
    const { written, problems } = await run('GET http://HOST/x\n\n>> a.json\n>> b.json', undefined, { bodyStore });
    assert.deepEqual(problems, []);
    for (const name of ['a', 'b']) assert.match(written[`/work/api/${name}.json`] ?? '', /^\{[^]{20,}\}$/);
    assert.equal(readdirSync(directory).length, 1, 'it lay there');
    rmSync(directory, { recursive: true });
  });

  test('is there when it cannot be saved', async () => {
    const { saved, problems } = await run('GET http://HOST/x\n\n>> a.json', () => {
      throw new Error('The disk is full.');
    });
    assert.deepEqual([saved, problems], [[], ['warning response-not-saved']]);
  });

  test('is not saved when none came', async () => {
    const { written, problems } = await run('GET http://127.0.0.1:1/x\n\n>> a.json');
    assert.deepEqual([written, problems], [{}, []]);
  });

  test('needs a name', async () => {
    assert.deepEqual((await run('# @save\nGET http://HOST/x')).problems, ['warning bad-tag-value']);
  });
});

describe('a place that cannot be', () => {
  for (const [output, code] of [
    ['>> {{nope}}.json', 'unknown-variable'],
    ['>> ../../a.json', 'file-denied'],
    ['>> ./a\0b.json', 'file-denied'],
  ] as const) {
    test(`${output} is marked before anything is sent`, async () => {
      const input = runInput(`GET http://127.0.0.1:1/x\n\n${output}`);
      assert.deepEqual(codes((await previewBlock(input)).problems), [code]);
      assert.deepEqual(codes(await neverResolves(input)), [code]);
      await input.session.close();
    });
  }
});

function codes(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code }) => code);
}
