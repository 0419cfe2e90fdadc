/** Entry of dist/largeWorker.cjs: reads bodies of any size in a thread of its own, so that the extension host never waits for one. */
import { parentPort } from 'node:worker_threads';
import type { BodyAnswer, BodyAsk } from '../../core/body/bodyAsk.ts';
import { reasonOf } from '../../core/text/reasonOf.ts';
import { LargeBody, type LargeBodyHandle } from './largeBody.ts';

export interface LargeTask {
  readonly seq: number;
  readonly handle: LargeBodyHandle;
  readonly ask: BodyAsk;
}

export interface LargeDone {
  readonly seq: number;
  readonly answer: BodyAnswer;
}

/** Our choice: so many bodies are looked at in turns; one that is opened again is looked through again. */
const mostOpen = 4;
/** Our choice: how long the thread works before it looks whether somebody asks, in milliseconds. */
const slice = 8;

const open = new Map<string, LargeBody>();
let isWorking = false;

parentPort?.on('message', ({ seq, handle, ask }: LargeTask) => {
  const done: LargeDone = { seq, answer: answered(handle, ask) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  parentPort?.postMessage(done);
  if (!isWorking) setImmediate(work);
  isWorking = true;
});

function answered(handle: LargeBodyHandle, ask: BodyAsk): BodyAnswer {
  try {
    return opened(handle).answer(ask);
  } catch (error) {
    return { kind: 'trouble', message: reasonOf(error) };
  }
}

function opened(handle: LargeBodyHandle): LargeBody {
  const known = open.get(handle.id);
  open.delete(handle.id);
  // Another encoding makes another text of it.
  const isSame = known?.reads(handle) === true;
  if (known && !isSame) known.close();
  const body = isSame ? known : new LargeBody(handle);
  open.set(handle.id, body);
  const [oldest] = open;
  if (oldest && open.size > mostOpen) {
    oldest[1].close();
    open.delete(oldest[0]);
  }
  return body;
}

/** The body asked for last is done first. */
function work(): void {
  const end = performance.now() + slice;
  isWorking = [...open.values()].toReversed().some((body) => {
    for (;;) {
      if (!body.step()) return false;
      if (performance.now() > end) return true;
    }
  });
  if (isWorking) setImmediate(work);
}
