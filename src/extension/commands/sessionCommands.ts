import * as vscode from 'vscode';
import type { Cookie } from '../../core/cookies/cookie.ts';
import type { Session } from '../../core/session/session.ts';
import { counted } from '../../present/timeWords.ts';
import type { SessionNode } from '../panels/sessionNodes.ts';
import type { SessionTree } from '../panels/sessionTree.ts';
import type { Registration } from '../registration.ts';
import type { DefaultsFiles } from '../workspace/defaultsFiles.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';

/** Commands on a whole session: switch, create, clear, reset, close its connections. */
export function registerSessionCommands(
  sessions: SessionHost,
  tree: SessionTree,
  defaults: DefaultsFiles,
  registration: Registration,
): void {
  registration.command('switchSession', () => switchSession(sessions));
  registration.command('newSession', () => newSession(sessions));
  registration.command('useSession', ({ key }: SessionNode & { kind: 'session' }) => sessions.use(key));
  registration.command('clearCookies', async (node?: SessionNode) =>
    clearCookies(sessions, await sessionOf(sessions, node)),
  );
  registration.command('clearVariables', async (node?: SessionNode) =>
    clearVariables(sessions, await sessionOf(sessions, node)),
  );
  registration.command('resetSession', async (node?: SessionNode) =>
    resetSession(sessions, await sessionOf(sessions, node)),
  );
  registration.command('editSessionDefaults', async (node?: SessionNode) => {
    await vscode.window.showTextDocument(defaults.uriOf(await sessionOf(sessions, node)));
  });
  registration.command('closeConnections', async (node: SessionNode) => {
    await (await sessionOf(sessions, node)).close();
    tree.refresh();
  });
}

/** The session a row belongs to; without a row the active one of the file in front, else of the first folder. */
export async function sessionOf(sessions: SessionHost, node: SessionNode | undefined): Promise<Session> {
  if (node && 'session' in node && node.session) return node.session;
  if (node?.kind === 'session') return sessions.open(node.key);
  return sessions.open(sessions.activeKey(sessions.currentFolder()));
}

export function describeSession({ key }: Session): string {
  return key.profile === '-' ? key.name : `${key.name} (${key.profile})`;
}

async function switchSession(sessions: SessionHost): Promise<void> {
  const folder = sessions.currentFolder();
  const active = sessions.activeKey(folder);
  const names = new Set([
    active.name,
    'default',
    ...(await sessions.list(folder)).filter(({ profile }) => profile === active.profile).map(({ name }) => name),
  ]);
  const create = vscode.l10n.t('$(add) New session…');
  const chosen = await vscode.window.showQuickPick(
    [
      ...[...names].map((label) => ({ label, description: label === active.name ? vscode.l10n.t('active') : '' })),
      { label: create, description: '' },
    ],
    {
      title: vscode.l10n.t('Session'),
      placeHolder: vscode.l10n.t('Each session has its own cookies, variables and connections'),
    },
  );
  if (!chosen) return;
  if (chosen.label === create) await newSession(sessions);
  else await sessions.activate(folder, chosen.label);
}

async function newSession(sessions: SessionHost): Promise<void> {
  const folder = sessions.currentFolder();
  const taken = new Set(
    (await sessions.list(folder))
      .filter(({ profile }) => profile === sessions.activeKey(folder).profile)
      .map(({ name }) => name),
  );
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New session'),
    prompt: vscode.l10n.t('A name, for example the user you log in as. A request can name it with # @session'),
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('A session needs a name.');
      return taken.has(value.trim()) ? vscode.l10n.t('There is a session of this name already.') : undefined;
    },
  });
  if (name !== undefined) await sessions.activate(folder, name.trim());
}

async function clearCookies(sessions: SessionHost, session: Session): Promise<void> {
  const all = session.jar.all(Date.now());
  if (all.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('The session {0} has no cookies.', describeSession(session)),
    );
    return;
  }
  const clear = vscode.l10n.t('Clear');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Clear {0} of the session {1}?', counted(all.length, 'cookie'), describeSession(session)),
    { modal: true, detail: vscode.l10n.t('You can undo it.') },
    clear,
  );
  if (answer !== clear) return;
  const removed = session.jar.clear({});
  await changed(sessions, session);
  await offerUndo(vscode.l10n.t('{0} cleared.', counted(removed.length, 'cookie')), async () => {
    putBack(session, removed);
    await changed(sessions, session);
  });
}

async function clearVariables(sessions: SessionHost, session: Session): Promise<void> {
  const removed = session.clearVariables();
  await sessions.flush();
  await offerUndo(vscode.l10n.t('{0} cleared.', counted(removed.length, 'variable')), async () => {
    for (const variable of removed) session.setVariable({ ...variable, at: Date.now() });
    await sessions.flush();
  });
}

/** A reset session is as a new one: cookies, variables, last responses and connections are gone. */
async function resetSession(sessions: SessionHost, session: Session): Promise<void> {
  const reset = vscode.l10n.t('Reset');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Reset the session {0}?', describeSession(session)),
    {
      modal: true,
      detail: vscode.l10n.t('Its cookies, variables and last responses are deleted. This cannot be undone.'),
    },
    reset,
  );
  if (answer === reset) await sessions.remove(session.key);
}

/** Deletion stamps are compared with these times when stores merge: what comes back counts as set now. */
export function putBack(session: Session, cookies: readonly Cookie[]): void {
  for (const cookie of cookies) session.jar.put({ ...cookie, lastSet: Date.now() });
}

export async function changed(sessions: SessionHost, session: Session): Promise<void> {
  session.touch();
  await sessions.flush();
}

/** Not awaited by commands: the message may stay for minutes. */
export async function offerUndo(message: string, undo: () => Promise<void>): Promise<void> {
  const label = vscode.l10n.t('Undo');
  void vscode.window.showInformationMessage(message, label).then(async (answer) => {
    if (answer === label) await undo();
  });
}
