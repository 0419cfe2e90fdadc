/** Entry of dist/bodyWorker.cjs: re-indents bodies in a thread of its own, so that a large one never stops the extension host. */
import { parentPort } from 'node:worker_threads';
import { prettyText } from '../core/body/prettyText.ts';
import type { PrettyFormat } from '../core/body/prettyText.ts';

export interface PrettyTask {
  readonly id: number;
  readonly text: string;
  readonly format: PrettyFormat;
  readonly partial: boolean;
}

export interface PrettyAnswer {
  readonly id: number;
  readonly pretty: string | undefined;
}

parentPort?.on('message', (task: PrettyTask) => {
  const answer: PrettyAnswer = { id: task.id, pretty: prettyText(task.text, task.format, task.partial) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  parentPort?.postMessage(answer);
});
