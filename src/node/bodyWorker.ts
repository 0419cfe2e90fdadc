/** Entry of dist/bodyWorker.cjs: re-indents and filters bodies in a thread of its own, so that a large one never stops the extension host. */
import { parentPort } from 'node:worker_threads';
import type { BodyFilterResult, FilteredFormat } from '../core/body/bodyFilter.ts';
import { filterJson } from '../core/body/filterJson.ts';
import { prettyText, type PrettyFormat } from '../core/body/prettyText.ts';

export interface PrettyTask {
  readonly id: number;
  readonly kind: 'pretty';
  readonly text: string;
  readonly format: PrettyFormat;
  readonly partial: boolean;
}

export interface FilterTask {
  readonly id: number;
  readonly kind: 'filter';
  readonly text: string;
  readonly format: FilteredFormat;
  readonly path: string;
}

export type BodyAnswer =
  | { readonly id: number; readonly kind: 'pretty'; readonly pretty: string | undefined }
  | { readonly id: number; readonly kind: 'filter'; readonly result: BodyFilterResult };

parentPort?.on('message', (task: PrettyTask | FilterTask) => void answer(task));

async function answer(task: PrettyTask | FilterTask): Promise<void> {
  const { id } = task;
  const done: BodyAnswer =
    task.kind === 'pretty'
      ? { id, kind: 'pretty', pretty: prettyText(task.text, task.format, task.partial) }
      : { id, kind: 'filter', result: await filtered(task) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  parentPort?.postMessage(done);
}

/** XPath is a bundle of its own: few bodies are XML. */
async function filtered({ text, format, path }: FilterTask): Promise<BodyFilterResult> {
  if (format !== 'xml') return filterJson(text, path, format === 'json-lines');
  const { filterXml } = await import('./query.ts');
  return filterXml(text, path);
}
