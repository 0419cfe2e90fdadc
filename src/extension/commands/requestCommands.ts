import * as vscode from 'vscode';
import type { CurlShell } from '../../present/curl.ts';
import { createMask } from '../../present/mask.ts';
import { loadPresent } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';
import { addressIn } from '../workspace/documents.ts';
import type { Previews } from '../workspace/previews.ts';
import { copyMasked } from './copyMasked.ts';
import { target, type SendCommandParts } from './sendCommands.ts';

export interface RequestCommandParts extends Pick<SendCommandParts, 'documents' | 'views'> {
  readonly previews: Previews;
}

/** Commands that look at a request without sending it. */
export function registerRequestCommands(parts: RequestCommandParts, registration: Registration): void {
  const texts = new Map<string, string>();
  registration.own(
    vscode.workspace.registerTextDocumentContentProvider('crumbtrail-preview', {
      provideTextDocumentContent: (uri) => texts.get(uri.path) ?? '',
    }),
  );
  registration.command('previewRequest', async (argument?: unknown) => {
    const found = await target(parts, addressIn(argument));
    if (!found) return;
    const tree = parts.documents.parse(found.document);
    const preview = await parts.previews.preview(found.document, tree, found.block);
    const uri = vscode.Uri.from({
      scheme: 'crumbtrail-preview',
      path: `/${vscode.l10n.t('Before sending')} ${String(texts.size + 1)}.http-preview`,
    });
    texts.set(uri.path, loadPresent().previewText(preview, tree.lines, createMask(preview.secrets)));
    await vscode.window.showTextDocument(uri, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  });
  for (const [id, shell] of Object.entries(curlCommands)) {
    registration.command(id as keyof typeof curlCommands, (argument?: unknown) => copyAsCurl(parts, argument, shell));
  }
}

const curlCommands = { copyAsCurl: 'bash', copyAsCurlPowerShell: 'powershell', copyAsCurlCmd: 'cmd' } as const;

async function copyAsCurl(parts: RequestCommandParts, argument: unknown, shell: CurlShell): Promise<void> {
  const found = await target(parts, addressIn(argument));
  if (!found) return;
  const preview = await parts.previews.preview(found.document, parts.documents.parse(found.document), found.block);
  const [problem] = preview.problems.filter(({ severity }) => severity === 'error');
  if (!preview.request)
    throw new Error(problem?.message ?? vscode.l10n.t('This request waits for an answer: send it instead.'));
  const { request, headers, secrets } = preview;
  await copyMasked(secrets, (mask) => loadPresent().preparedAsCurl({ ...request, headers }, mask, { shell }));
}
