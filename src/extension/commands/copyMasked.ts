import * as vscode from 'vscode';
import { createMask, noMask, type Mask } from '../../present/mask.ts';

/** Copies a text that may hold credentials: the user says whether they go along (UX.md, Masking). */
export async function copyMasked(secrets: readonly string[], text: (mask: Mask) => string): Promise<void> {
  const masked = text(createMask(secrets));
  const whole = text(noMask);
  const chosen = masked === whole ? noMask : await chooseMask(secrets);
  if (chosen) await vscode.env.clipboard.writeText(text(chosen));
}

async function chooseMask(secrets: readonly string[]): Promise<Mask | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Mask cookies and credentials'),
        detail: vscode.l10n.t('Safe to share; it will not log in'),
        mask: createMask(secrets),
      },
      {
        label: vscode.l10n.t('Copy with cookies and credentials'),
        detail: vscode.l10n.t('Runs as it is; whoever reads it can act as you'),
        mask: noMask,
      },
    ],
    { title: vscode.l10n.t('Copy') },
  );
  return picked?.mask;
}
