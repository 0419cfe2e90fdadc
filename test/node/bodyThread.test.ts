import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBodyThread } from '../../src/node/bodyThread.ts';

const worker = new URL('../../src/node/bodyWorker.ts', import.meta.url);

test('bodies are indented in the worker, each answer to its own question', async () => {
  const pretty = createBodyThread(worker);
  const answers = await Promise.all([
    pretty.pretty('{"a":1}', 'json', false),
    pretty.pretty('<a><b/></a>', 'xml', false),
    pretty.pretty('not json', 'json', false),
  ]);
  assert.deepEqual(answers, ['{\n  "a": 1\n}', '<a>\n  <b/>\n</a>', undefined]);
  await pretty.close();
});

test('closing gives up what is not done, and the next body starts a new worker', async () => {
  const pretty = createBodyThread(worker);
  const unfinished = pretty.pretty('[1]', 'json', false);
  await pretty.close();
  assert.equal(await unfinished, undefined);
  assert.equal(await pretty.pretty('"x"', 'json', false), '"x"');
  await pretty.close();
});

test('a worker that cannot start leaves the body as it is', async () => {
  const pretty = createBodyThread(new URL('missing.ts', worker));
  assert.equal(await pretty.pretty('{}', 'json', false), undefined);
});

test('a worker without work goes by itself', async () => {
  const pretty = createBodyThread(worker, { idleMs: 0 });
  assert.equal(await pretty.pretty('1', 'json', false), '1');
  assert.equal(await pretty.pretty('2', 'json', false), '2');
});
