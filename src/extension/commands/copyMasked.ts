import * as vscode from 'vscode';
import { createMask, noMask, type Mask } from '../../present/mask.ts';

/** Copies a text that may hold credentials: the user says whether they go along (UX.md, Masking). */
export async function copyMasked(secrets: readonly string[], text: (mask: Mask) => string): Promise<void> {
  const chosen = await maskedText(secrets, text, vscode.l10n.t('Copy'));
  if (chosen !== undefined) await vscode.env.clipboard.writeText(chosen);
}

/** A text that leaves the product, masked unless the user says otherwise; asked only when there is something to mask. */
export async function maskedText(
  secrets: readonly string[],
  text: (mask: Mask) => string,
  title: string,
): Promise<string | undefined> {
  const masked = text(createMask(secrets));
  const whole = text(noMask);
  if (masked === whole) return whole;
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Mask cookies and credentials'),
        detail: vscode.l10n.t('Safe to share; it will not log in'),
        text: masked,
      },
      {
        label: vscode.l10n.t('With cookies and credentials'),
        detail: vscode.l10n.t('As it was sent; whoever reads it can act as you'),
        text: whole,
      },
    ],
    { title },
  );
  return picked?.text;
}
