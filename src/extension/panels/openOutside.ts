import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { HopView } from '../../protocol/exchangeView.ts';

/** Hands a body to the program that the system has for it. Only kinds that nobody executes are handed over. */
export async function openOutside(bytes: Uint8Array | undefined, hop: HopView): Promise<void> {
  const extension = extensionOf(hop);
  if (bytes === undefined || extension === undefined || vscode.env.remoteName !== undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('This body cannot be opened in another program from here. Save it and open the file.'),
    );
    return;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'crumbtrail-'));
  const file = path.join(folder, `response${extension}`);
  await writeFile(file, bytes, { mode: 0o600 });
  await vscode.env.openExternal(vscode.Uri.file(file));
}

/** The extension comes from the media type and never from the server's own name for the file: `invoice.pdf.exe` is no PDF. */
function extensionOf({ body }: HopView): string | undefined {
  const mediaType = body && 'mediaType' in body ? body.mediaType : '';
  if (mediaType === 'application/pdf') return '.pdf';
  const [, kind = '', subtype = ''] = /^(image|audio|video)\/(?:x-)?([a-z0-9]+)$/.exec(mediaType) ?? [];
  return kind === '' ? undefined : `.${subtype}`;
}
