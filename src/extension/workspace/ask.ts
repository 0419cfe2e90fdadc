import * as vscode from 'vscode';
import type { Prompt, Question } from '../../core/run/run.ts';

/** Asks a question of a send; `folder` is the name of its folder. `undefined`: the user turned away, and nothing is sent. */
export type Ask = (question: Question, folder: string) => Promise<string | undefined>;

/** `memory` keeps the last answer to each prompt, to offer it again; never that of a secret one. */
export function createAsk(memory: vscode.Memento): Ask {
  return async (question, folder) =>
    question.kind === 'prompt' ? prompted(question, memory) : confirmed(question, folder);
}

async function prompted(question: Prompt, memory: vscode.Memento): Promise<string | undefined> {
  const key = `prompt:${question.name}`;
  const last = question.secret ? undefined : memory.get<string>(key);
  const answer = await (question.choices ? picked(question, question.choices, last) : typed(question, last));
  if (answer !== undefined && !question.secret) await memory.update(key, answer);
  return answer;
}

function typed(question: Prompt, last: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Value of {0}', question.name),
    prompt: question.text,
    value: last ?? question.initial ?? '',
    password: question.secret,
    ignoreFocusOut: true,
  });
}

/** The last answer stands first, where Enter takes it. */
async function picked(
  question: Prompt,
  choices: readonly string[],
  last: string | undefined,
): Promise<string | undefined> {
  const preferred = [last, question.initial].filter((each) => each !== undefined && choices.includes(each));
  return vscode.window.showQuickPick(
    [...new Set([...preferred, ...choices])].filter((each) => each !== undefined),
    {
      title: vscode.l10n.t('Value of {0}', question.name),
      placeHolder: question.text,
      ignoreFocusOut: true,
    },
  );
}

async function confirmed(question: Exclude<Question, Prompt>, folder: string): Promise<string | undefined> {
  switch (question.kind) {
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
    case 'dependency':
      return confirm(
        vscode.l10n.t('Send “{0}” first?', question.name),
        vscode.l10n.t(
          '“{0}” refers to its response, and it has not been sent in this session. The setting crumbtrail.runDependencies can answer this for you.',
          question.neededBy,
        ),
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
