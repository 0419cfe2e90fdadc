import { Worker } from 'node:worker_threads';
import type { BodyFilterResult, FilteredFormat } from '../core/body/bodyFilter.ts';
import type { PrettyFormat } from '../core/body/prettyText.ts';
import type { BodyAnswer, FilterTask, PrettyTask } from './bodyWorker.ts';

/** Re-indents and filters bodies in a worker that starts with the first one and goes after a pause. Nothing here rejects. */
export interface BodyThread {
  /** `undefined` when the text cannot be re-indented, or when the worker was closed before it was done. */
  pretty(text: string, format: PrettyFormat, partial: boolean): Promise<string | undefined>;
  /** What a JSONPath or an XPath finds; `trouble` also when it takes too long. */
  filter(text: string, format: FilteredFormat, path: string): Promise<BodyFilterResult>;
  close(): Promise<void>;
}

export interface BodyThreadOptions {
  /** How long it stays without work (our choice: half a minute, the time between two looks at large bodies). */
  readonly idleMs?: number;
  /** How long a filter may take: a pattern in it may take for ever (our choice: as long as somebody would look at it). */
  readonly filterMs?: number;
}

/** `workerPath` is the built worker (dist/bodyWorker.cjs). */
export function createBodyThread(workerPath: string | URL, options: BodyThreadOptions = {}): BodyThread {
  return new WorkerBodyThread(workerPath, options);
}

type Task = PrettyTask | FilterTask;
type WithoutId<T> = T extends Task ? Omit<T, 'id'> : never;

class WorkerBodyThread implements BodyThread {
  readonly #path: string | URL;
  readonly #idleMs: number;
  readonly #filterMs: number;
  readonly #waiting = new Map<number, (answer: BodyAnswer | undefined) => void>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 1;

  constructor(path: string | URL, { idleMs = 30_000, filterMs = 10_000 }: BodyThreadOptions) {
    this.#path = path;
    this.#idleMs = idleMs;
    this.#filterMs = filterMs;
  }

  async pretty(text: string, format: PrettyFormat, partial: boolean): Promise<string | undefined> {
    const answer = await this.#ask({ kind: 'pretty', text, format, partial });
    return answer?.kind === 'pretty' ? answer.pretty : undefined;
  }

  async filter(text: string, format: FilteredFormat, path: string): Promise<BodyFilterResult> {
    const late = setTimeout(() => void this.close(), this.#filterMs);
    const answer = await this.#ask({ kind: 'filter', text, format, path });
    clearTimeout(late);
    return answer?.kind === 'filter' ? answer.result : { kind: 'trouble', message: tookTooLong };
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#giveUp();
    await worker?.terminate();
  }

  #ask(task: WithoutId<Task>): Promise<BodyAnswer | undefined> {
    clearTimeout(this.#idle);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker ??= this.#start();
      this.#worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.#worker.postMessage({ ...task, id });
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#path);
    worker.on('message', (answer: BodyAnswer) => this.#answer(answer));
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #answer(answer: BodyAnswer): void {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
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

const tookTooLong = 'The filter took too long and was stopped. Make it narrower, or open the body in an editor.';
