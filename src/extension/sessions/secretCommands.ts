import * as vscode from 'vscode';
import { movedToPrivate } from '../../core/features/movedToPrivate.ts';
import type { SessionParts } from './sessionParts.ts';

const prefix = 'secret:';

/** Secrets of `{{$secret name}}` in secret storage: moved there from a file, changed, deleted. */
export const secretCommands = ({ secrets }: SessionParts) => ({
  moveToSecret: (uri: string, start: number, end: number, name: string) =>
    moveToSecret(secrets, vscode.Uri.parse(uri), { start, end }, name),
  moveToPrivate: (uri: string, offset: number) => moveToPrivate(vscode.Uri.parse(uri), offset),
  manageSecrets: () => manageSecrets(secrets),
});

/** Stores what stands in a file under a name that the user agrees to, and writes the placeholder in its place. */
async function moveToSecret(
  secrets: vscode.SecretStorage,
  uri: vscode.Uri,
  span: { readonly start: number; readonly end: number },
  suggested: string,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  const value = document.getText(range);
  const known = new Set((await secrets.keys()).filter((key) => key.startsWith(prefix)));
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Move to a secret'),
    prompt: vscode.l10n.t(
      'The name in {{$secret name}}. The value is kept in secret storage of this machine; what git has of it already stays there.',
    ),
    value: suggested,
    validateInput: (text) => {
      if (!/^[\w.-]+$/.test(text)) return vscode.l10n.t('Use letters, digits, dots, dashes and underscores.');
      return known.has(prefix + text)
        ? {
            message: vscode.l10n.t('There is a secret of this name. Its value will be replaced.'),
            severity: vscode.InputBoxValidationSeverity.Warning,
          }
        : undefined;
    },
  });
  if (name === undefined) return;
  await secrets.store(prefix + name, value);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, `{{$secret ${name}}}`);
  await vscode.workspace.applyEdit(edit);
}

/** The value at `offset` of a public environment file goes to the private file beside it, which is made when there is none. */
async function moveToPrivate(uri: vscode.Uri, offset: number): Promise<void> {
  const name = uri.path.endsWith('rest-client.env.json')
    ? 'rest-client.private.env.json'
    : 'http-client.private.env.json';
  const target = vscode.Uri.joinPath(uri, '..', name);
  const exists = await vscode.workspace.fs.stat(target).then(
    () => true,
    () => false,
  );
  if (!exists) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode('{}\n'));
  const [from, to] = [await vscode.workspace.openTextDocument(uri), await vscode.workspace.openTextDocument(target)];
  const moved = movedToPrivate(from.getText(), offset, to.getText());
  if (!moved) throw new Error(vscode.l10n.t('There is no value of an environment here any more.'));
  const edit = new vscode.WorkspaceEdit();
  // First where it goes, so that it is nowhere lost.
  edit.replace(target, new vscode.Range(0, 0, to.lineCount, 0), moved.privateText);
  edit.replace(uri, new vscode.Range(0, 0, from.lineCount, 0), moved.publicText);
  await vscode.workspace.applyEdit(edit);
  await to.save();
}

/** Every secret by its name; a chosen one gets another value or goes. */
async function manageSecrets(secrets: vscode.SecretStorage): Promise<void> {
  const names = (await secrets.keys()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  if (names.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'There are no secrets yet. Write {{$secret name}} in a request: it is asked for with the first send.',
      ),
    );
    return;
  }
  const name = await vscode.window.showQuickPick(names, { title: vscode.l10n.t('Secrets') });
  if (name === undefined) return;
  const change = vscode.l10n.t('$(edit) Give it another value…');
  const remove = vscode.l10n.t('$(trash) Delete it');
  const action = await vscode.window.showQuickPick([change, remove], { title: vscode.l10n.t('Secret {0}', name) });
  if (action === remove) await secrets.delete(prefix + name);
  if (action !== change) return;
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Secret {0}', name),
    prompt: vscode.l10n.t('It is kept in secret storage and masked everywhere.'),
    password: true,
  });
  if (value !== undefined) await secrets.store(prefix + name, value);
}
