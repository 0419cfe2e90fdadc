import * as vscode from 'vscode';
import { delaysOf } from '../../core/run/delays.ts';
import type { RunStep } from '../../core/run/runSteps.ts';
import { isSendable } from '../../core/features/lenses.ts';
import type { Block, HttpDocument, RequestBlock } from '../../core/syntax/ast.ts';
import { blockTag, isRequestBlock } from '../../core/syntax/query.ts';
import type { Problem } from '../../core/text/problem.ts';
import { readSettings } from '../settings.ts';
import type { Batch } from '../workspace/batches.ts';
import { blockKey, findBlock, type BlockKey, type Run } from '../workspace/runs.ts';
import { nameOf, type SendOptions } from '../workspace/sender.ts';
import type { SendCommandParts } from './sendCommands.ts';

/** Blocks of a document to be sent in order. */
export interface Written {
  readonly document: vscode.TextDocument;
  readonly blocks: readonly Block[];
}

/** A request to be sent with others. */
export interface Listed extends Pick<SendOptions, 'overrides'> {
  readonly document: vscode.TextDocument;
  readonly key: BlockKey;
  readonly name: string;
}

/** The blocks of a document that a run of many sends: those of another kind, and disabled ones, are left out. */
export function sentWithOthers(tree: HttpDocument): readonly Block[] {
  return tree.blocks.filter((block) => isSendable(block) && blockTag(block, 'disabled') === undefined);
}

/** The requests of blocks, with those that `run` lines name in their place; or the first line that leads nowhere. */
export async function listed(
  parts: SendCommandParts,
  written: readonly Written[],
): Promise<{
  readonly requests: readonly Listed[];
  readonly trouble?: { readonly document: vscode.TextDocument; readonly problem: Problem };
}> {
  const requests: Listed[] = [];
  for (const { document, blocks } of written) {
    const tree = parts.documents.parse(document);
    for (const block of blocks) {
      if (isRequestBlock(block)) {
        requests.push(request(document, tree, block));
        continue;
      }
      const { steps, problems } = await parts.sender.steps(document, tree, block);
      const [problem] = problems;
      if (problem) return { requests: [], trouble: { document, problem } };
      for (const step of steps) requests.push(await named(document, tree, step));
    }
  }
  return { requests };
}

function request(document: vscode.TextDocument, tree: HttpDocument, block: RequestBlock): Listed {
  return { document, key: blockKey(document.uri, tree, block), name: nameOf(block) };
}

async function named(from: vscode.TextDocument, tree: HttpDocument, { target, overrides }: RunStep): Promise<Listed> {
  const { document, file, block } = target;
  const isOwn = document === tree || file.path === undefined;
  const opened = isOwn ? from : await vscode.workspace.openTextDocument(vscode.Uri.file(file.path));
  return { ...request(opened, document, block), overrides };
}

/** Sends one after another. A cancel ends it; a failure does when the settings say so. The view lists them, the status bar tells how it went. */
export async function sendMany(parts: SendCommandParts, requests: readonly Listed[], title: string): Promise<void> {
  parts.views.makeRoom(requests.length);
  const batch =
    requests.length > 1
      ? parts.batches.begin(
          title,
          requests.map(({ name }) => name),
        )
      : undefined;
  let ended: 'done' | 'stopped' = 'stopped';
  try {
    ended = await sendEach(parts, requests, title, batch);
  } finally {
    batch?.end(ended);
  }
}

async function sendEach(
  parts: SendCommandParts,
  requests: readonly Listed[],
  title: string,
  batch: Batch | undefined,
): Promise<'done' | 'stopped'> {
  let failed = 0;
  let previous: RequestBlock | undefined;
  for (const [index, { document, key, overrides }] of requests.entries()) {
    // The file may be edited while requests are on their way: a block that is gone is not sent.
    const block = findBlock(document.uri, parts.documents.parse(document), key);
    if (!block) continue;
    const waited = previous ? delaysOf(previous).after + delaysOf(block).before : 0;
    const isStopped = batch?.signal.aborted || (waited > 0 && !(await wait(waited, title, batch?.signal)));
    previous = block;
    const id = batch?.ids[index];
    const run = isStopped
      ? undefined
      : await parts.sender.send(document, block, { ...(id !== undefined && { id }), ...(overrides && { overrides }) });
    if (!run || run.result?.outcome === 'cancelled') {
      tell(vscode.l10n.t('{0}: cancelled after {1} of {2}', title, index, requests.length));
      return 'stopped';
    }
    if (isGood(run)) continue;
    failed += 1;
    if (readSettings(document.uri).onFailure === 'continue') continue;
    tell(vscode.l10n.t('{0}: stopped at {1} of {2}; its lens says why', title, index + 1, requests.length));
    return 'stopped';
  }
  tell(
    failed === 0
      ? vscode.l10n.t('{0}: {1} sent', title, requests.length)
      : vscode.l10n.t('{0}: {1} of {2} not as hoped; their lenses say why', title, failed, requests.length),
  );
  return 'done';
}

function isGood({ result }: Run): boolean {
  const status = result?.exchange?.hops.at(-1)?.response?.status ?? 600;
  return result?.outcome === 'completed' && status < 400;
}

/** A notification from which the waiting can be cancelled; false when it was. */
async function wait(milliseconds: number, title: string, stop: AbortSignal | undefined): Promise<boolean> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('{0}: waiting {1} ms, as the request says', title, milliseconds),
      cancellable: true,
    },
    (_progress, cancelled) =>
      new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), milliseconds);
        const end = (): void => {
          clearTimeout(timer);
          resolve(false);
        };
        cancelled.onCancellationRequested(end);
        stop?.addEventListener('abort', end, { once: true });
      }),
  );
}

function tell(message: string): void {
  vscode.window.setStatusBarMessage(message, 10_000);
}
