import * as vscode from 'vscode';
import { pastedCurl } from '../../core/features/curlAsRequest.ts';
import type { EnvironmentFile } from '../../core/features/environmentNames.ts';
import type { Fix } from '../../core/features/fix.ts';
import { fixes } from '../../core/features/fixes.ts';
import { refactorings } from '../../core/features/refactorings.ts';
import { LineMap } from '../../core/text/lineMap.ts';
import type { Problem } from '../../core/text/problem.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { httpDocuments, rangeIn, spanOf, textEdits } from './ranges.ts';

/** Quick fixes of our problems, refactorings, and a curl command that is pasted as a request. */
export function registerCodeActions(host: LanguageHost, registration: Registration): void {
  const { QuickFix, RefactorExtract, RefactorRewrite } = vscode.CodeActionKind;
  registration.own(
    vscode.languages.registerCodeActionsProvider(
      httpDocuments,
      { provideCodeActions: (document, range, context) => actions(host, document, range, context) },
      { providedCodeActionKinds: [QuickFix, RefactorExtract, RefactorRewrite] },
    ),
  );
  const kind = vscode.DocumentDropOrPasteEditKind.Text.append('http', 'curl');
  registration.own(
    vscode.languages.registerDocumentPasteEditProvider(
      httpDocuments,
      { provideDocumentPasteEdits: (_document, _ranges, transfer) => pasted(transfer, kind) },
      { providedPasteEditKinds: [kind], pasteMimeTypes: ['text/plain'] },
    ),
  );
}

async function actions(
  host: LanguageHost,
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): Promise<vscode.CodeAction[]> {
  const tree = host.parse(document);
  const ours = diagnostics.filter(({ source }) => source === 'crumbtrail');
  const around = ours.length > 0 ? await host.surroundings(document) : undefined;
  const environmentFiles = ours.length > 0 ? await host.environmentFiles(document) : [];
  const quick = ours.flatMap((diagnostic) => {
    if (!around) return [];
    const problem = problemOf(document, diagnostic);
    const found = fixes({ document: tree, problem, around, environmentFiles });
    // A document without a folder has nothing beside it.
    return found
      .filter(({ creates }) => creates === undefined || document.uri.scheme !== 'untitled')
      .map((fix) => {
        const action = made(document, fix, vscode.CodeActionKind.QuickFix, environmentFiles);
        action.diagnostics = [diagnostic];
        action.isPreferred = fix.preferred;
        return action;
      });
  });
  const kinds = { extract: vscode.CodeActionKind.RefactorExtract, rewrite: vscode.CodeActionKind.RefactorRewrite };
  const others = refactorings(tree, spanOf(document, range)).map((each) => made(document, each, kinds[each.kind], []));
  return [...quick, ...others];
}

function problemOf(document: vscode.TextDocument, { range, code, message }: vscode.Diagnostic): Problem {
  return { code: typeof code === 'string' ? code : '', severity: 'error', span: spanOf(document, range), message };
}

function made(
  document: vscode.TextDocument,
  fix: Fix,
  kind: vscode.CodeActionKind,
  environmentFiles: readonly EnvironmentFile[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, kind);
  if (fix.setting !== undefined) {
    action.command = { command: 'workbench.action.openSettings', title: fix.title, arguments: [fix.setting] };
    return action;
  }
  if (fix.secret) {
    const { span, name } = fix.secret;
    const place = [document.uri.toString(), span.start, span.end, name];
    action.command = { command: 'crumbtrail.moveToSecret', title: fix.title, arguments: place };
    return action;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, textEdits(document, fix.replacements));
  if (fix.creates !== undefined) {
    edit.createFile(vscode.Uri.joinPath(document.uri, '..', fix.creates), { ignoreIfExists: true });
  }
  const { elsewhere } = fix;
  if (elsewhere) {
    const lines = new LineMap(environmentFiles.find(({ path }) => path === elsewhere.path)?.text ?? '');
    const changes = elsewhere.replacements.map(({ span, text }) => vscode.TextEdit.replace(rangeIn(lines, span), text));
    edit.set(vscode.Uri.file(elsewhere.path), changes);
  }
  action.edit = edit;
  return action;
}

async function pasted(
  transfer: vscode.DataTransfer,
  kind: vscode.DocumentDropOrPasteEditKind,
): Promise<vscode.DocumentPasteEdit[] | undefined> {
  const text = await transfer.get('text/plain')?.asString();
  const request = text === undefined ? undefined : pastedCurl(text);
  return request === undefined
    ? undefined
    : [new vscode.DocumentPasteEdit(request, vscode.l10n.t('Paste the curl command as a request'), kind)];
}
