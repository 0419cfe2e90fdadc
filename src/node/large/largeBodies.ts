import { Worker } from 'node:worker_threads';
import type { BodyAnswer, BodyAsk } from '../../core/body/bodyAsk.ts';
import type { LargeBodyHandle } from './largeBody.ts';
import type { LargeDone, LargeTask } from './largeWorker.ts';

/** Answers what is asked of large bodies, from a thread that starts with the first question and goes after a pause. */
export interface LargeBodies {
  /** Never rejects: what goes wrong is an answer. */
  ask(handle: LargeBodyHandle, ask: BodyAsk): Promise<BodyAnswer>;
  close(): Promise<void>;
}

export interface LargeBodiesOptions {
  /** The built worker (dist/largeWorker.cjs). */
  readonly workerPath: string | URL;
  /** How long it stays without work; our choice: ten minutes, because what it knows of a body must be found out again. */
  readonly idleMs?: number;
  /** An answer is a matter of milliseconds; an expression that backtracks for ever is none. */
  readonly patienceMs?: number;
}

export function createLargeBodies(options: LargeBodiesOptions): LargeBodies {
  return new WorkerLargeBodies(options);
}

interface Waiting {
  readonly resolve: (answer: BodyAnswer) => void;
  readonly timer: NodeJS.Timeout;
}

class WorkerLargeBodies implements LargeBodies {
  readonly #options: Required<LargeBodiesOptions>;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextSeq = 1;

  constructor(options: LargeBodiesOptions) {
    this.#options = { idleMs: 600_000, patienceMs: 10_000, ...options };
  }

  ask(handle: LargeBodyHandle, ask: BodyAsk): Promise<BodyAnswer> {
    clearTimeout(this.#idle);
    const task: LargeTask = { seq: this.#nextSeq++, handle, ask };
    return new Promise((resolve) => {
      const timer = setTimeout(() => void this.#giveUp(tooLong), this.#options.patienceMs);
      this.#waiting.set(task.seq, { resolve, timer });
      this.#worker ??= this.#start();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.#worker.postMessage(task);
    });
  }

  close(): Promise<void> {
    return this.#giveUp('The window was closed.');
  }

  #start(): Worker {
    const worker = new Worker(this.#options.workerPath, { resourceLimits: { maxYoungGenerationSizeMb: 8 } });
    worker.unref();
    worker.on('message', (done: LargeDone) => this.#done(done));
    worker.on(
      'error',
      (error) => void (worker === this.#worker && this.#giveUp(`The body cannot be read: ${error.message}.`)),
    );
    return worker;
  }

  #done({ seq, answer }: LargeDone): void {
    const waiting = this.#waiting.get(seq);
    this.#waiting.delete(seq);
    clearTimeout(waiting?.timer);
    waiting?.resolve(answer);
    if (this.#waiting.size > 0) return;
    this.#idle = setTimeout(() => void this.close(), this.#options.idleMs);
    this.#idle.unref();
  }

  /** Ends the thread; the next question starts another one. */
  async #giveUp(message: string): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { resolve, timer } of waiting) {
      clearTimeout(timer);
      resolve({ kind: 'trouble', message });
    }
    await worker?.terminate();
  }
}

const tooLong = 'This took too long and was stopped. If it was a search, make the expression simpler.';
