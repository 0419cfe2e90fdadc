import * as vscode from 'vscode';
import { contentOf, replaceContent, type SessionContent } from '../../core/session/sessionChange.ts';
import type { Session, SessionKey } from '../../core/session/session.ts';
import { contentText } from '../../present/contentText.ts';
import type { SessionNode } from './sessionNodes.ts';
import { describeKey, describeSession, sessionOf, undoable } from './sessionOf.ts';
import type { SessionParts } from './sessionParts.ts';

/** What a session holds, kept under a name: to go back to, or to compare with. */
export const snapshotCommands = (parts: SessionParts) => ({
  takeSnapshot: async (node?: SessionNode) => takeSnapshot(parts, await sessionOf(parts.sessions, node)),
  restoreSnapshot: async (node?: SessionNode) => {
    const session = await sessionOf(parts.sessions, node);
    const name = await nameOf(parts, session, node, vscode.l10n.t('Restore a snapshot'));
    if (name !== undefined) await restoreSnapshot(parts, session, name);
  },
  deleteSnapshot: async (node?: SessionNode) => {
    const session = await sessionOf(parts.sessions, node);
    const name = await nameOf(parts, session, node, vscode.l10n.t('Delete a snapshot'));
    if (name === undefined) return;
    await (await parts.sessions.registry()).removeSnapshot(session.key, name);
    parts.tree.refresh();
  },
  compareSessions: (node?: SessionNode) => compare(parts, node),
});

async function takeSnapshot({ sessions, tree }: SessionParts, session: Session): Promise<void> {
  const registry = await sessions.registry();
  const taken = await registry.snapshots(session.key);
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Snapshot of the session {0}', describeSession(session)),
    prompt: vscode.l10n.t('A name for what the session holds now, for example “logged in”'),
    validateInput: (text) => {
      if (text.trim() === '') return vscode.l10n.t('A snapshot needs a name.');
      return taken.includes(text.trim())
        ? {
            message: vscode.l10n.t('There is a snapshot of this name. It will be replaced.'),
            severity: vscode.InputBoxValidationSeverity.Warning,
          }
        : undefined;
    },
  });
  if (name === undefined) return;
  await registry.takeSnapshot(session.key, name.trim());
  tree.refresh();
}

async function restoreSnapshot(parts: SessionParts, session: Session, name: string): Promise<void> {
  const snapshot = await (await parts.sessions.registry()).loadSnapshot(session.key, name);
  if (!snapshot) throw new Error(vscode.l10n.t('The snapshot {0} is not there any more.', name));
  const label = vscode.l10n.t('The session {0} is as “{1}” has it.', describeSession(session), name);
  await undoable(parts, session, label, () => replaceContent(session, snapshot, Date.now()));
}

async function nameOf(
  { sessions }: SessionParts,
  session: Session,
  node: SessionNode | undefined,
  title: string,
): Promise<string | undefined> {
  if (node?.kind === 'snapshot') return node.name;
  const names = await (await sessions.registry()).snapshots(session.key);
  if (names.length > 0) return vscode.window.showQuickPick([...names], { title });
  await vscode.window.showInformationMessage(
    vscode.l10n.t('The session {0} has no snapshots. “Take a Snapshot” makes one.', describeSession(session)),
  );
  return undefined;
}

interface Side extends vscode.QuickPickItem {
  readonly session: Session;
  content(): Promise<SessionContent>;
}

/** Two of: the session, its snapshots, the other sessions of the folder, side by side in the editor's own comparison. */
async function compare(parts: SessionParts, node: SessionNode | undefined): Promise<void> {
  const session = await sessionOf(parts.sessions, node);
  const sides = await sidesOf(parts, session);
  const left =
    node?.kind === 'snapshot'
      ? sides.find(({ label, description }) => label === node.name && description !== '')
      : sides[0];
  const others = sides.filter((side) => side !== left);
  if (!left || others.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('There is nothing to compare with yet. Take a snapshot, or make another session.'),
    );
    return;
  }
  const right = await vscode.window.showQuickPick(others, { title: vscode.l10n.t('Compare {0} with', left.label) });
  if (!right) return;
  const [from, to] = await Promise.all([fileOf(parts, left), fileOf(parts, right)]);
  await vscode.commands.executeCommand('vscode.diff', from, to, `${left.label} ↔ ${right.label}`);
}

async function sidesOf({ sessions }: SessionParts, session: Session): Promise<readonly Side[]> {
  const registry = await sessions.registry();
  const live = (of: Session): Side => ({
    label: describeSession(of),
    description: '',
    session: of,
    content: () => Promise.resolve(contentOf(of, Date.now())),
  });
  const names = await registry.snapshots(session.key);
  const keys = (await sessions.list(session.key.folder)).filter((key) => !sameKey(key, session.key));
  const snapshots = names.map((name): Side => ({
    label: name,
    description: vscode.l10n.t('snapshot of {0}', describeKey(session.key)),
    session,
    content: async () => (await registry.loadSnapshot(session.key, name)) ?? contentOf(session, Date.now()),
  }));
  const others = await Promise.all(keys.map(async (key) => live(await sessions.open(key))));
  return [live(session), ...snapshots, ...others];
}

async function fileOf({ files }: SessionParts, side: Side): Promise<vscode.Uri> {
  const text = contentText(await side.content(), Date.now());
  return files.uriOf(side.session, { title: `${side.label}.session`, read: () => text });
}

function sameKey(a: SessionKey, b: SessionKey): boolean {
  return a.profile === b.profile && a.name === b.name;
}
