import * as vscode from 'vscode';
import type { Question } from '../../core/run.ts';

/** Asks a question of a send. `undefined`: the user turned away, and nothing is sent. */
export async function ask(question: Question, folder: string): Promise<string | undefined> {
  switch (question.kind) {
    case 'prompt':
      return vscode.window.showInputBox({
        title: vscode.l10n.t('Value of {0}', question.name),
        prompt: question.text,
        password: question.secret,
        ignoreFocusOut: true,
      });
    case 'note':
      return confirm(vscode.l10n.t('Send this request?'), question.text);
    case 'protected':
      return confirm(
        vscode.l10n.t('Send {0} to the protected environment “{1}”?', question.method, question.environment),
        question.url,
      );
    case 'file-outside-root':
      return confirm(
        vscode.l10n.t('Send a file from outside the folder {0}?', folder === '' ? question.root : folder),
        question.path,
      );
  }
}

/** `{{$secret name}}`: kept in secret storage, asked for once. */
export async function secretFrom(secrets: vscode.SecretStorage, name: string): Promise<string | undefined> {
  const known = await secrets.get(`secret:${name}`);
  if (known !== undefined) return known;
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Secret {0}', name),
    prompt: vscode.l10n.t('It is kept in secret storage and masked everywhere.'),
    password: true,
    ignoreFocusOut: true,
  });
  if (value !== undefined) await secrets.store(`secret:${name}`, value);
  return value;
}

async function confirm(message: string, detail: string): Promise<string | undefined> {
  const send = vscode.l10n.t('Send');
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, send);
  return answer === send ? 'yes' : undefined;
}
