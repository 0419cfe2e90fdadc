import * as vscode from 'vscode';
import type { Session, SessionKey } from '../../core/session/session.ts';
import { contentOf, replaceContent } from '../../core/session/sessionChange.ts';
import { counted } from '../../present/timeWords.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { defaultsFile } from './editedFiles.ts';
import type { NodeOf, SessionNode } from './sessionNodes.ts';
import type { SessionParts } from './sessionParts.ts';
import { describeKey, describeSession, pickSession, sessionOf, undoable } from './sessionOf.ts';

/** Commands on a whole session. */
export const sessionCommands = (parts: SessionParts) => ({
  switchSession: () => switchSession(parts),
  newSession: () => newSession(parts.sessions),
  useSession: ({ key }: NodeOf<'session'>) => parts.sessions.use(key),
  renameSession: async (node?: SessionNode) => renameSession(parts.sessions, await keyOf(parts.sessions, node)),
  duplicateSession: async (node?: SessionNode) => duplicateSession(parts.sessions, await keyOf(parts.sessions, node)),
  deleteSession: async (node?: SessionNode) => deleteSession(parts.sessions, await keyOf(parts.sessions, node)),
  resetSession: async (node?: SessionNode) => resetSession(parts, await sessionOf(parts.sessions, node)),
  clearCookies: async (node?: SessionNode) => clearCookies(parts, await sessionOf(parts.sessions, node)),
  clearVariables: async (node?: SessionNode) => clearVariables(parts, await sessionOf(parts.sessions, node)),
  undoSessionChange: async (node?: SessionNode) => undoLast(parts.sessions, await sessionOf(parts.sessions, node)),
  editSessionDefaults: async (node?: SessionNode) => {
    const session = await sessionOf(parts.sessions, node);
    await parts.files.show(session, defaultsFile(parts, session.key.name));
  },
  closeConnections: async (node?: SessionNode) => {
    await (await sessionOf(parts.sessions, node)).close();
    parts.tree.refresh();
  },
  sendAs: (argument?: unknown) => sendAs(parts.sessions, argument),
});

async function keyOf(sessions: SessionHost, node: SessionNode | undefined): Promise<SessionKey> {
  return node?.kind === 'session' ? node.key : (await sessionOf(sessions, node)).key;
}

async function switchSession({ sessions }: SessionParts): Promise<void> {
  const folder = sessions.currentFolder();
  const chosen = await pickSession(sessions, {
    title: vscode.l10n.t('Session'),
    placeHolder: vscode.l10n.t('Each session has its own cookies, variables and connections'),
  });
  if (chosen !== undefined) await sessions.activate(folder, chosen);
}

/** Sends the request at the lens or the cursor once with another session; the active one stays. */
async function sendAs(sessions: SessionHost, argument: unknown): Promise<void> {
  const chosen = await pickSession(sessions, {
    title: vscode.l10n.t('Send as'),
    placeHolder: vscode.l10n.t('The session that this send uses; the active one stays'),
  });
  if (chosen !== undefined) await vscode.commands.executeCommand('crumbtrail.send', argument, chosen);
}

async function newSession(sessions: SessionHost): Promise<void> {
  const folder = sessions.currentFolder();
  const name = await askName(sessions, sessions.activeKey(folder), {
    title: vscode.l10n.t('New session'),
    prompt: vscode.l10n.t('A name, for example the user you log in as. A request can name it with # @session'),
  });
  if (name !== undefined) await sessions.activate(folder, name);
}

/** A name that no other session of the folder and environment has. */
async function askName(
  sessions: SessionHost,
  key: SessionKey,
  box: { readonly title: string; readonly prompt: string; readonly value?: string },
): Promise<string | undefined> {
  const all = await sessions.list(key.folder);
  const taken = new Set(all.filter(({ profile }) => profile === key.profile).map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    ...box,
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('A session needs a name.');
      return taken.has(value.trim()) ? vscode.l10n.t('There is a session of this name already.') : undefined;
    },
  });
  return name?.trim();
}

async function renameSession(sessions: SessionHost, key: SessionKey): Promise<void> {
  const name = await askName(sessions, key, {
    title: vscode.l10n.t('Rename the session {0}', key.name),
    prompt: vscode.l10n.t('Requests that say # @session {0} go on meaning the old name.', key.name),
    value: key.name,
  });
  if (name === undefined) return;
  const wasActive = sessions.activeName(key.folder) === key.name;
  // A session that was never written is written first: there would be nothing to rename.
  await sessions.flush();
  await (await sessions.registry()).rename(key, name);
  if (wasActive) await sessions.activate(key.folder, name);
  else sessions.announce();
}

/** A copy to go on with: what is done in one is not seen in the other. */
async function duplicateSession(sessions: SessionHost, key: SessionKey): Promise<void> {
  const name = await askName(sessions, key, {
    title: vscode.l10n.t('Fork the session {0}', key.name),
    prompt: vscode.l10n.t('The new session begins with a copy of its cookies, variables, responses and defaults.'),
  });
  if (name === undefined) return;
  const copy = await (await sessions.registry()).duplicate(key, name);
  await sessions.use(copy);
}

async function deleteSession(sessions: SessionHost, key: SessionKey): Promise<void> {
  const label = vscode.l10n.t('Delete');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the session {0}?', describeKey(key)),
    {
      modal: true,
      detail: vscode.l10n.t('Its cookies, variables, last responses and snapshots are deleted. This cannot be undone.'),
    },
    label,
  );
  if (answer !== label) return;
  await (await sessions.registry()).remove(key);
  if (sessions.activeName(key.folder) === key.name) await sessions.activate(key.folder, 'default');
  else sessions.announce();
}

async function clearCookies(parts: SessionParts, session: Session): Promise<void> {
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
  await undoable(parts, session, vscode.l10n.t('{0} cleared.', counted(all.length, 'cookie')), () =>
    session.jar.clear({}),
  );
}

async function clearVariables(parts: SessionParts, session: Session): Promise<void> {
  const count = session.variables().length;
  await undoable(parts, session, vscode.l10n.t('{0} cleared.', counted(count, 'variable')), () =>
    session.clearVariables(),
  );
}

/** A reset session is as a new one: cookies, variables, last responses, defaults and connections are gone. */
async function resetSession(parts: SessionParts, session: Session): Promise<void> {
  const reset = vscode.l10n.t('Reset');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Reset the session {0}?', describeSession(session)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Its cookies, variables, last responses and defaults are deleted. You can undo it in this window; its snapshots stay.',
      ),
    },
    reset,
  );
  if (answer !== reset) return;
  const label = vscode.l10n.t('The session {0} was reset.', describeSession(session));
  await undoable(parts, session, label, () => {
    const nothing = { ...contentOf(session, Date.now()), cookies: [], variables: [], recorded: [] };
    replaceContent(session, { ...nothing, defaults: { headers: [], params: [] } }, Date.now());
  });
  await session.close();
}

async function undoLast(sessions: SessionHost, session: Session): Promise<void> {
  const last = sessions.changes.last(session);
  if (!last) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Nothing was done to the session {0} in this window that could be undone.',
        describeSession(session),
      ),
    );
    return;
  }
  const left = sessions.changes.undo(last);
  await sessions.flush();
  if (left === 0) return void vscode.window.setStatusBarMessage(vscode.l10n.t('Undone: {0}', last.label), 5000);
  await vscode.window.showWarningMessage(
    vscode.l10n.t('Undone: {0}. {1} stayed, because they were changed since.', last.label, counted(left, 'item')),
  );
}
