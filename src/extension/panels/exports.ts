import * as vscode from 'vscode';
import type { Hop } from '../../core/session/exchange.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { FromView } from '../../protocol/messages.ts';
import { copyMasked, maskedText } from '../commands/copyMasked.ts';
import { createMask, maskedWords } from '../../present/mask.ts';
import { loadPresent } from '../loadEngine.ts';
import type { Run } from '../workspace/runs.ts';

/** The hops of an exchange and its secrets: as they were sent in this window, else as far as its view tells. */
export function sentHops(
  view: ExchangeView,
  run: Run | undefined,
): { readonly hops: readonly Hop[]; readonly secrets: readonly string[] } {
  const { exchangeSecrets, hopOfView } = loadPresent();
  if (run?.result) return { hops: run.hops, secrets: exchangeSecrets(run.result) };
  const hops = run?.hops ?? view.hops.map((hop) => hopOfView(hop, view.startedAt));
  return { hops, secrets: exchangeSecrets({ captured: {}, secrets: [], exchange: { hops } }) };
}

export async function copyHop(
  message: Extract<FromView, { type: 'copyHopAsCurl' | 'copyHopAsHttp' }>,
  view: ExchangeView,
  run: Run | undefined,
): Promise<void> {
  const { hops, secrets } = sentHops(view, run);
  const hop = hops[message.hop - 1];
  if (!hop) return;
  const { hopAsCurl, hopAsHttp } = loadPresent();
  await copyMasked(secrets, (mask) =>
    message.type === 'copyHopAsHttp' ? hopAsHttp(hop, { mask }) : hopAsCurl(hop, mask, message.shell),
  );
}

/** Writes the whole chain as an HTTP archive, to a file of the user's choice. */
export async function exportHar(view: ExchangeView, run: Run | undefined): Promise<void> {
  const { hops, secrets } = sentHops(view, run);
  if (hops.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Nothing was sent, so there is nothing to export.'));
    return;
  }
  const exchange = run?.result?.exchange ?? {
    startedAt: view.startedAt,
    durationMs: view.durationMs,
    failure: undefined,
    hops,
  };
  const text = await maskedText(
    secrets,
    (mask) => `${JSON.stringify(loadPresent().httpArchive([{ title: view.title, exchange, mask }]), undefined, 2)}\n`,
    vscode.l10n.t('Export as HAR'),
  );
  if (text === undefined) return;
  const title = maskedWords(view.title, createMask(secrets));
  const name = `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'exchange'}.har`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export as HAR'),
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(name),
    filters: { [vscode.l10n.t('HTTP archive')]: ['har'] },
  });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
