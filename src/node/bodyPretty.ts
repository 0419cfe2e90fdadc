import { Worker } from 'node:worker_threads';
import type { PrettyFormat } from '../core/body/prettyText.ts';
import type { PrettyAnswer, PrettyTask } from './bodyWorker.ts';

/** Re-indents bodies in a worker that starts with the first one and goes after a pause. */
export interface BodyPretty {
  /** `undefined` when the text cannot be re-indented, or when the worker was closed before it was done. Never rejects. */
  pretty(text: string, format: PrettyFormat, partial: boolean): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * `workerPath` is the built worker (dist/bodyWorker.cjs).
 * `idleMs`: how long it stays without work (our choice: half a minute, the time between two looks at large bodies).
 */
export function createBodyPretty(workerPath: string | URL, idleMs = 30_000): BodyPretty {
  return new WorkerBodyPretty(workerPath, idleMs);
}

class WorkerBodyPretty implements BodyPretty {
  readonly #path: string | URL;
  readonly #idleMs: number;
  readonly #waiting = new Map<number, (pretty: string | undefined) => void>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 1;

  constructor(path: string | URL, idleMs: number) {
    this.#path = path;
    this.#idleMs = idleMs;
  }

  pretty(text: string, format: PrettyFormat, partial: boolean): Promise<string | undefined> {
    clearTimeout(this.#idle);
    const task: PrettyTask = { id: this.#nextId++, text, format, partial };
    return new Promise((resolve) => {
      this.#waiting.set(task.id, resolve);
      this.#worker ??= this.#start();
      this.#worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.#worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#giveUp();
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#path);
    worker.on('message', (answer: PrettyAnswer) => this.#answer(answer));
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #answer({ id, pretty }: PrettyAnswer): void {
    this.#waiting.get(id)?.(pretty);
    this.#waiting.delete(id);
    if (this.#waiting.size > 0) return;
    // Without work it does not keep a program alive that has nothing else to do.
    this.#worker?.unref();
    this.#idle = setTimeout(() => void this.close(), this.#idleMs);
    this.#idle.unref();
  }

  /** A worker that died (out of memory) leaves its bodies as they were sent; the next one starts afresh. */
  #lost(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#giveUp();
  }

  #giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}
