import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Block, RequestBlock } from '../../core/syntax/ast.ts';
import { blockAt, canBeSent, isRequestBlock } from '../../core/syntax/query.ts';
import { noticeView } from '../../present/noticeView.ts';
import { languageId, markdownId } from '../contributions.ts';
import type { ResponsePanels } from '../panels/responsePanels.ts';
import type { Registration } from '../registration.ts';
import type { Bodies } from '../workspace/bodies.ts';
import type { Batches } from '../workspace/batches.ts';
import { addressIn, type BlockAddress, type Documents } from '../workspace/documents.ts';
import { blockKey, findBlock, type Run, type Runs } from '../workspace/runs.ts';
import type { Sender } from '../workspace/sender.ts';
import type { Views } from '../workspace/views.ts';
import { listed, sendMany, sentWithOthers, type Written } from './sendMany.ts';

export interface SendCommandParts {
  readonly documents: Documents;
  readonly runs: Runs;
  readonly sender: Sender;
  readonly views: Views;
  readonly batches: Batches;
  readonly panels: ResponsePanels;
  readonly bodies: Bodies;
}

/** Send, Send All, Send Selected, Send Folder, Send Last, Cancel and Focus Response. */
export function registerSendCommands(parts: SendCommandParts, registration: Registration): void {
  registration.command('send', (argument?: unknown, session?: unknown) =>
    send(parts, addressIn(argument), typeof session === 'string' ? session : undefined),
  );
  registration.command('sendAll', (argument?: unknown) => sendAll(parts, addressIn(argument)));
  registration.command('sendSelected', () => sendSelected(parts));
  registration.command('sendFolder', (folder?: vscode.Uri) => sendFolder(parts, folder));
  registration.command('sendLast', () => sendLast(parts));
  registration.command('cancel', (argument?: unknown) => cancel(parts, addressIn(argument)));
  registration.command('sendNow', (argument?: unknown) => sendNow(parts, addressIn(argument)));
  registration.command('response.focus', (argument?: unknown) => focusResponse(parts, addressIn(argument)));
}

/** The document and block that a lens or the cursor names; what is wrong is shown in the response view, and nothing is sent. */
export async function target(
  parts: Pick<SendCommandParts, 'documents' | 'views'>,
  address: BlockAddress | undefined,
): Promise<{ document: vscode.TextDocument; block: RequestBlock } | undefined> {
  const found = await blockOf(parts, address, isRequestBlock);
  return found as { document: vscode.TextDocument; block: RequestBlock } | undefined;
}

async function blockOf(
  parts: Pick<SendCommandParts, 'documents' | 'views'>,
  address: BlockAddress | undefined,
  isMeant: (block: Block) => boolean,
): Promise<{ document: vscode.TextDocument; block: Block } | undefined> {
  const document = await documentOf(address);
  if (!document) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open an .http file and put the cursor into a request first.'),
    );
    return undefined;
  }
  const tree = parts.documents.parse(document);
  const offset = address ? parts.documents.currentOffset(document, address) : cursorOffset(document);
  const block = offset === undefined ? undefined : blockAt(tree, offset);
  if (block && isMeant(block)) return { document, block };
  parts.views.show(noRequest(document, address !== undefined && offset === undefined), document.uri);
  return undefined;
}

/** `session`: the name of another session than the one in force, for this send alone. */
async function send(
  parts: SendCommandParts,
  address: BlockAddress | undefined,
  session: string | undefined,
): Promise<void> {
  if (!(await trusted(parts))) return;
  const found = await blockOf(parts, address, canBeSent);
  if (!found) return;
  const { document, block } = found;
  if (isRequestBlock(block))
    await parts.sender.send(document, block, { ...(session !== undefined && { as: session }) });
  else await sendBlocks(parts, [{ document, blocks: [block] }], block.title?.text ?? vscode.l10n.t('Run'));
}

/** Sends the file's requests one after another. */
async function sendAll(parts: SendCommandParts, address: BlockAddress | undefined): Promise<void> {
  if (!(await trusted(parts))) return;
  const document = await documentOf(address);
  if (!document) return void (await target(parts, address));
  const blocks = sentWithOthers(parts.documents.parse(document));
  await sendBlocks(parts, [{ document, blocks }], vscode.l10n.t('Send All'));
}

/** Sends the requests that the selections touch, or those that the cursors stand in. */
async function sendSelected(parts: SendCommandParts): Promise<void> {
  if (!(await trusted(parts))) return;
  const document = await documentOf(undefined);
  if (!document) return void (await target(parts, undefined));
  const ranges = (vscode.window.activeTextEditor?.selections ?? []).map(({ start, end }) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  }));
  const tree = parts.documents.parse(document);
  const blocks = sentWithOthers(tree).filter((block) =>
    ranges.some(({ start, end }) =>
      start === end ? blockAt(tree, start) === block : start < block.span.end && end > block.span.start,
    ),
  );
  if (blocks.length === 0) return void (await target(parts, undefined));
  await sendBlocks(parts, [{ document, blocks }], vscode.l10n.t('Send Selected'));
}

/** Sends the requests of every request file below a folder of the explorer, file by file in the order of their paths. */
async function sendFolder(parts: SendCommandParts, folder: vscode.Uri | undefined): Promise<void> {
  if (!folder || !(await trusted(parts))) return;
  const pattern = new vscode.RelativePattern(folder, '**/*.{http,rest}');
  const files = (await vscode.workspace.findFiles(pattern, '**/node_modules/**')).toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const written: Written[] = [];
  for (const uri of files) {
    const document = await vscode.workspace.openTextDocument(uri);
    const blocks = sentWithOthers(parts.documents.parse(document));
    if (blocks.length > 0) written.push({ document, blocks });
  }
  if (written.length > 0) return sendBlocks(parts, written, vscode.l10n.t('Send Folder'));
  await vscode.window.showInformationMessage(vscode.l10n.t('No request file is in this folder.'));
}

/** Sends blocks of documents one after another; what `run` lines among them cannot follow is shown, and then nothing is sent. */
async function sendBlocks(parts: SendCommandParts, written: readonly Written[], title: string): Promise<void> {
  const { requests, trouble } = await listed(parts, written);
  if (!trouble) return sendMany(parts, requests, title);
  const { document, problem } = trouble;
  const notice = noticeView({
    now: Date.now(),
    code: problem.code,
    message: vscode.l10n.t('Nothing was sent. {0}', problem.message),
    hint: vscode.l10n.t('See line {0}.', document.positionAt(problem.span.start).line + 1),
    offers: [],
  });
  parts.views.show(notice, document.uri);
}

async function sendLast(parts: SendCommandParts): Promise<void> {
  const last = parts.runs.newest();
  if (!last) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Nothing has been sent in this window yet.'));
    return;
  }
  await resend(parts, last.uri, last.block);
}

/** Sends the block that `key` names again, as it stands in the file now. In a list the new exchange takes the place of `instead`. */
export async function resend(parts: SendCommandParts, uri: vscode.Uri, key: string, instead?: string): Promise<void> {
  if (!(await trusted(parts))) return;
  const document = await vscode.workspace.openTextDocument(uri);
  const block = findBlock(uri, parts.documents.parse(document), key);
  if (!block) return parts.views.show(noRequest(document, true), uri);
  const id = randomUUID();
  if (instead !== undefined) parts.batches.replace(instead, id);
  const as = parts.runs.last(key)?.as;
  await parts.sender.send(document, block, { id, ...(as !== undefined && { as }) });
}

async function cancel(parts: SendCommandParts, address: BlockAddress | undefined): Promise<void> {
  const run = address ? await runAt(parts, address) : parts.runs.newestRunning();
  run?.abort.abort();
}

/** Makes the next attempt of a send that waits for it. */
async function sendNow(parts: SendCommandParts, address: BlockAddress | undefined): Promise<void> {
  const run = address ? await runAt(parts, address) : parts.runs.newestWaiting();
  if (run?.sendNow) run.sendNow();
  else await vscode.window.showInformationMessage(vscode.l10n.t('No send waits for its next attempt.'));
}

async function runAt(parts: SendCommandParts, address: BlockAddress): Promise<Run | undefined> {
  const found = await target(parts, address);
  return found && parts.runs.last(blockKey(found.document.uri, parts.documents.parse(found.document), found.block));
}

async function focusResponse(parts: SendCommandParts, address: BlockAddress | undefined): Promise<void> {
  const found = address && (await target(parts, address));
  const run =
    found && parts.runs.last(blockKey(found.document.uri, parts.documents.parse(found.document), found.block));
  const shown = run && (await parts.views.find(run.id));
  if (shown) parts.panels.reveal(shown.view, false);
  else if (!parts.panels.focus())
    await vscode.window.showInformationMessage(vscode.l10n.t('There is no response yet. Send a request first.'));
}

/** Restricted Mode: nothing is sent; the view says why, and the trust editor opens. */
async function trusted(parts: SendCommandParts): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const document = vscode.window.activeTextEditor?.document;
  const notice = noticeView({
    now: Date.now(),
    code: 'restricted-mode',
    message: vscode.l10n.t('Nothing was sent: this workspace is in Restricted Mode.'),
    hint: vscode.l10n.t('Trust the workspace if you trust what its files would send, then send again.'),
    offers: [{ command: 'openTrust', label: vscode.l10n.t('Manage workspace trust') }],
  });
  parts.views.show(notice, document?.uri ?? vscode.Uri.parse('untitled:'));
  await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

async function documentOf(address: BlockAddress | undefined): Promise<vscode.TextDocument | undefined> {
  if (address?.uri !== undefined) return vscode.workspace.openTextDocument(vscode.Uri.parse(address.uri));
  const document = vscode.window.activeTextEditor?.document;
  return document && [languageId, markdownId].includes(document.languageId) ? document : undefined;
}

function cursorOffset(document: vscode.TextDocument): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document ? document.offsetAt(editor.selection.active) : undefined;
}

function noRequest(document: vscode.TextDocument, isGone: boolean) {
  const isEmpty = document.getText().trim() === '';
  return noticeView({
    now: Date.now(),
    code: 'no-request',
    message: isGone
      ? vscode.l10n.t('Nothing was sent: the request was changed or removed since its lens was drawn.')
      : isEmpty
        ? vscode.l10n.t('Nothing was sent: the file is empty.')
        : vscode.l10n.t('Nothing was sent: there is no request at the cursor.'),
    hint: isEmpty
      ? vscode.l10n.t('Write a request, for example: GET https://example.com')
      : vscode.l10n.t('Click Send above a request, or put the cursor into one.'),
    offers: [],
  });
}
