import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Hop } from '../../core/session/exchange.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { FromView, ViewAnswer } from '../../protocol/messages.ts';
import { findRequestByName } from '../commands/goToRequest.ts';
import { resend, type SendCommandParts } from '../commands/sendCommands.ts';
import { loadPresent } from '../loadEngine.ts';
import { findBlock, type Run } from '../workspace/runs.ts';
import { placeOf } from '../workspace/place.ts';
import { handleBodyMessage, type BodyParts } from './bodyMessages.ts';
import { bodyName, saveName } from './bodyNames.ts';
import { copyHop, exportHar, sentHops } from './exports.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { askStored, copyStored, openStored, saveStored, storedOf } from './storedBodies.ts';

export { loadPreviewContent } from './htmlPreviews.ts';

export interface ViewMessageParts extends SendCommandParts, BodyParts {
  readonly sessions: SessionHost;
}

export { comparedText } from '../commands/comparedResponses.ts';
export { runHistoryCommand } from '../commands/historyCommands.ts';

/** What the response view asks for. A run of another window or before a reload is only a view: what needs more says so. */
export async function handleViewMessage(
  parts: ViewMessageParts,
  message: FromView,
  view: ExchangeView,
  answer: (answer: ViewAnswer) => void,
): Promise<void> {
  const shown = await parts.views.find(view.id);
  const uri = shown && vscode.Uri.parse(shown.uri);
  const run = parts.runs.find(view.id);
  switch (message.type) {
    case 'ready':
    case 'pin':
    case 'openEntry':
      // These belong to the panel and never come here.
      return;
    case 'stopBatch': {
      const underWay = parts.batches.stop(message.id);
      return underWay === undefined ? undefined : parts.runs.find(underWay)?.abort.abort();
    }
    case 'resend':
      if (run) return resend(parts, run.uri, run.block, view.id);
      return uri ? resendByLine(parts, uri, view) : undefined;
    case 'cancel':
      return run?.abort.abort();
    case 'sendNow':
      return run?.sendNow?.();
    case 'copyBody':
      if (storedOf(view, message.hop)) return copyStored(parts.bodies, view, message.hop);
      return vscode.env.clipboard.writeText(bodyText(view, run, message.hop));
    case 'saveBody':
      if (storedOf(view, message.hop)) return saveStored(parts.bodies, view, message.hop);
      return saveBody(bodyBytes(view, run, message.hop), view, message.hop);
    case 'openBody':
      if (storedOf(view, message.hop)) return openStored(parts.bodies, view, message.hop);
      return openBody(view, run, message.hop);
    case 'filterBody':
    case 'decodeBody':
    case 'previewBody':
    case 'openOutside':
      return handleBodyMessage(
        parts,
        message,
        { view, uri, response: hopOf(run, message.hop)?.response ?? undefined },
        answer,
      );
    case 'askBody':
      return answer({ type: 'bodyPart', ask: message.ask, part: await askStored(parts.bodies, view, message) });
    case 'copyText':
      return vscode.env.clipboard.writeText(message.text);
    case 'copyHopAsCurl':
    case 'copyHopAsHttp':
      return copyHop(message, view, run);
    case 'exportHar':
      return exportHar(view, run);
    case 'compare':
      return void (await vscode.commands.executeCommand('crumbtrail.compareResponses', view.id));
    case 'stopHere':
      return run && stopHere(parts, run, message.hop);
    case 'sendFromHere':
      return sendFromHere(sentHops(view, run).hops[message.hop - 1]);
    case 'showCookie':
      return void (await vscode.commands.executeCommand('crumbtrail.showCookie', message.key, view.session));
    case 'undoChange':
      return undoChange(parts.sessions, view.id);
    case 'showRequest':
      return uri && showPlace(uri, view.line ?? 1, 1);
    case 'showProblem':
      return uri && showPlace(uri, message.line, message.column);
    case 'offer':
      return offer(parts, message.command, view, uri, run);
  }
}

async function undoChange(sessions: SessionHost, id: string): Promise<void> {
  const done = sessions.changes.ofRun(id);
  if (!done) {
    await vscode.window.showInformationMessage(vscode.l10n.t('What this send did cannot be undone any more.'));
    return;
  }
  const left = sessions.changes.undo(done);
  await sessions.flush();
  if (left > 0) {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('Undone, but for what was changed again since: {0} of it stayed.', left),
    );
  }
}

async function offer(
  parts: SendCommandParts,
  command: ExchangeView['offers'][number]['command'],
  view: ExchangeView,
  uri: vscode.Uri | undefined,
  run: Run | undefined,
): Promise<void> {
  switch (command) {
    case 'openTrust':
      return void (await vscode.commands.executeCommand('workbench.trust.manage'));
    case 'followOneHop': {
      const last = sentHops(view, run).hops.at(-1);
      return last && openAsFile(loadPresent().hopAsHttp(last, { next: true }), 'http');
    }
    case 'loginAgain': {
      const name = view.offers.find((each) => each.command === 'loginAgain')?.request;
      if (name === undefined || !uri) return;
      const folder = placeOf(await vscode.workspace.openTextDocument(uri)).folder;
      const found = await findRequestByName(parts.documents, folder, name);
      if (!found) return;
      const { document, offset } = found;
      return void (await vscode.commands.executeCommand('crumbtrail.send', {
        uri: document.uri.toString(),
        version: document.version,
        offset,
      }));
    }
  }
}

/** After a reload the run is gone; its line in the file is still known. */
async function resendByLine(parts: SendCommandParts, uri: vscode.Uri, view: ExchangeView): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const offset = document.offsetAt(new vscode.Position((view.line ?? 1) - 1, 0));
  parts.documents.parse(document);
  await vscode.commands.executeCommand('crumbtrail.send', { uri: uri.toString(), version: document.version, offset });
}

/** Writes `# @follow N` above the request line, so that the next send stops where this hop is. */
async function stopHere(parts: SendCommandParts, run: Run, hop: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(run.uri);
  const block = findBlock(run.uri, parts.documents.parse(document), run.block);
  if (!block) return;
  const edit = new vscode.WorkspaceEdit();
  const tag = block.tags.find(({ name }) => name === 'follow');
  const line = `# @follow ${String(hop - 1)}`;
  if (tag) {
    edit.replace(
      run.uri,
      new vscode.Range(document.positionAt(tag.span.start), document.positionAt(tag.span.end)),
      line,
    );
  } else {
    edit.insert(run.uri, document.positionAt(block.request.line.start), `${line}\n`);
  }
  await vscode.workspace.applyEdit(edit);
}

async function sendFromHere(hop: Hop | undefined): Promise<void> {
  if (hop) await openAsFile(loadPresent().hopAsHttp(hop), 'http');
}

async function saveBody(bytes: Uint8Array, view: ExchangeView, hop: number): Promise<void> {
  const target = await vscode.window.showSaveDialog({ defaultUri: saveName(view, hop) });
  if (target) await vscode.workspace.fs.writeFile(target, bytes);
}

/** Text in an editor of its own; an image or other bytes as a file, for which the editor has a viewer. */
async function openBody(view: ExchangeView, run: Run | undefined, hop: number): Promise<void> {
  const body = view.hops[hop - 1]?.body;
  if (body?.kind === 'text') {
    return openAsFile(bodyText(view, run, hop), body.language === 'plain' ? 'plaintext' : body.language);
  }
  const folder = vscode.Uri.file(await mkdtemp(join(tmpdir(), 'crumbtrail-')));
  const file = vscode.Uri.joinPath(folder, bodyName(view, hop));
  await writeFile(file.fsPath, bodyBytes(view, run, hop), { mode: 0o600 });
  await vscode.commands.executeCommand('vscode.open', file);
}

async function openAsFile(content: string, language: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

async function showPlace(uri: vscode.Uri, line: number, column: number): Promise<void> {
  const position = new vscode.Position(line - 1, column - 1);
  await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(position, position),
    viewColumn: vscode.ViewColumn.One,
  });
}

function hopOf(run: Run | undefined, number: number): Hop | undefined {
  return run?.hops[number - 1];
}

function bodyBytes(view: ExchangeView, run: Run | undefined, number: number): Uint8Array {
  return sentHops(view, run).hops[number - 1]?.response?.body.bytes ?? new Uint8Array();
}

function bodyText(view: ExchangeView, run: Run | undefined, number: number): string {
  const bytes = hopOf(run, number)?.response?.body.bytes;
  const body = view.hops[number - 1]?.body;
  if (body?.kind === 'text') return body.pretty ?? body.text;
  return bytes ? new TextDecoder().decode(bytes) : '';
}
