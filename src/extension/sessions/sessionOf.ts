import * as vscode from 'vscode';
import type { Session, SessionKey } from '../../core/session/session.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import type { SessionNode } from './sessionNodes.ts';

/** The session a row belongs to; without a row the active one of the file in front, else of the first folder. */
export async function sessionOf(sessions: SessionHost, node: SessionNode | undefined): Promise<Session> {
  if (node && 'session' in node && node.session) return node.session;
  if (node?.kind === 'session') return sessions.open(node.key);
  return sessions.open(sessions.activeKey(sessions.currentFolder()));
}

export function describeSession({ key }: Session): string {
  return describeKey(key);
}

export function describeKey(key: SessionKey): string {
  return key.profile === '-' ? key.name : `${key.name} (${key.profile})`;
}

/** Does something to a session that can be taken back: by the message, by "Undo Last Change", and in the view. */
export async function undoable(
  { sessions }: { readonly sessions: SessionHost },
  session: Session,
  label: string,
  action: () => unknown,
): Promise<void> {
  await sessions.changes.track(session, label.replace(/\.$/, ''), action);
  await sessions.flush();
  const done = sessions.changes.last(session);
  const undo = vscode.l10n.t('Undo');
  // Not awaited: the message may stay for minutes.
  void vscode.window.showInformationMessage(label, undo).then(async (answer) => {
    if (answer !== undo || !done) return;
    sessions.changes.undo(done);
    await sessions.flush();
  });
}

/** Lets the user choose one of the sessions of the folder and environment in front, or name a new one. */
export async function pickSession(
  sessions: SessionHost,
  box: { readonly title: string; readonly placeHolder: string },
  options: { readonly without?: string } = {},
): Promise<string | undefined> {
  const folder = sessions.currentFolder();
  const active = sessions.activeKey(folder);
  const stored = (await sessions.list(folder)).filter(({ profile }) => profile === active.profile);
  const names = [...new Set([active.name, 'default', ...stored.map(({ name }) => name)])];
  const create = { label: vscode.l10n.t('$(add) New session…'), description: '' };
  const chosen = await vscode.window.showQuickPick(
    [
      ...names
        .filter((name) => name !== options.without)
        .map((label) => ({ label, description: label === active.name ? vscode.l10n.t('active') : '' })),
      create,
    ],
    box,
  );
  if (chosen !== create) return chosen?.label;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New session'),
    prompt: vscode.l10n.t('A name, for example the user you log in as. A request can name it with # @session'),
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A session needs a name.') : undefined),
  });
  return name?.trim();
}
