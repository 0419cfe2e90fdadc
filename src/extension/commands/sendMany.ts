import * as vscode from 'vscode';
import { delaysOf } from '../../core/run/delays.ts';
import { isSendable } from '../../core/features/lenses.ts';
import type { HttpDocument, RequestBlock } from '../../core/syntax/ast.ts';
import { blockTag, requestBlocks } from '../../core/syntax/query.ts';
import { readSettings } from '../settings.ts';
import { blockKey, findBlock, type BlockKey, type Run } from '../workspace/runs.ts';
import type { SendCommandParts } from './sendCommands.ts';

/** A request to be sent with others. */
export interface Listed {
  readonly document: vscode.TextDocument;
  readonly key: BlockKey;
}

/** The requests of a document that a run of many sends: those of another kind, and disabled ones, are left out. */
export function listed(
  document: vscode.TextDocument,
  tree: HttpDocument,
  isMeant: (block: RequestBlock) => boolean = () => true,
): readonly Listed[] {
  return requestBlocks(tree)
    .filter((block) => isSendable(block) && blockTag(block, 'disabled') === undefined && isMeant(block))
    .map((block) => ({ document, key: blockKey(document.uri, tree, block) }));
}

/** Sends one after another. A cancel ends it; a failure does when the settings say so. The status bar tells how it went. */
export async function sendMany(parts: SendCommandParts, requests: readonly Listed[], title: string): Promise<void> {
  let failed = 0;
  let previous: RequestBlock | undefined;
  for (const [index, { document, key }] of requests.entries()) {
    // The file may be edited while requests are on their way: a block that is gone is not sent.
    const block = findBlock(document.uri, parts.documents.parse(document), key);
    if (!block) continue;
    const waited = previous ? delaysOf(previous).after + delaysOf(block).before : 0;
    if (waited > 0 && !(await wait(waited, title))) {
      tell(vscode.l10n.t('{0}: cancelled after {1} of {2}', title, index, requests.length));
      return;
    }
    previous = block;
    const run = await parts.sender.send(document, block);
    if (run.result?.outcome === 'cancelled') {
      tell(vscode.l10n.t('{0}: cancelled after {1} of {2}', title, index, requests.length));
      return;
    }
    if (isGood(run)) continue;
    failed += 1;
    if (readSettings(document.uri).onFailure === 'continue') continue;
    tell(vscode.l10n.t('{0}: stopped at {1} of {2}; its lens says why', title, index + 1, requests.length));
    return;
  }
  tell(
    failed === 0
      ? vscode.l10n.t('{0}: {1} sent', title, requests.length)
      : vscode.l10n.t('{0}: {1} of {2} not as hoped; their lenses say why', title, failed, requests.length),
  );
}

function isGood({ result }: Run): boolean {
  const status = result?.exchange?.hops.at(-1)?.response?.status ?? 600;
  return result?.outcome === 'completed' && status < 400;
}

/** A notification from which the waiting can be cancelled; false when it was. */
async function wait(milliseconds: number, title: string): Promise<boolean> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('{0}: waiting {1} ms, as the request says', title, milliseconds),
      cancellable: true,
    },
    (_progress, cancelled) =>
      new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), milliseconds);
        cancelled.onCancellationRequested(() => {
          clearTimeout(timer);
          resolve(false);
        });
      }),
  );
}

function tell(message: string): void {
  vscode.window.setStatusBarMessage(message, 10_000);
}
