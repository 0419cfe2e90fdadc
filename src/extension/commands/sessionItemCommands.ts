import * as vscode from 'vscode';
import { cookieKey, type SessionNode } from '../panels/sessionNodes.ts';
import type { SessionTree } from '../panels/sessionTree.ts';
import type { Registration } from '../registration.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { changed, offerUndo, putBack } from './sessionCommands.ts';
import { goToRequest } from './goToRequest.ts';
import type { Documents } from '../workspace/documents.ts';

type CookieNode = SessionNode & { kind: 'cookie' };
type VariableNode = SessionNode & { kind: 'variable' };

/** Commands on one row of the session view. */
export function registerSessionItemCommands(
  sessions: SessionHost,
  tree: SessionTree,
  documents: Documents,
  registration: Registration,
): void {
  registration.command('revealValue', (node: SessionNode) => tree.setShown(node, true));
  registration.command('hideValue', (node: SessionNode) => tree.setShown(node, false));
  registration.command('copyCookie', ({ cookie }: CookieNode) =>
    vscode.env.clipboard.writeText(cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`),
  );
  registration.command('copyVariable', ({ variable }: VariableNode) =>
    vscode.env.clipboard.writeText(`{{${variable.name}}}`),
  );
  registration.command('deleteCookie', (node: CookieNode) => deleteCookie(sessions, node));
  registration.command('deleteVariable', (node: VariableNode) => deleteVariable(sessions, node));
  registration.command('revealSource', ({ session, cookie }: CookieNode) =>
    goToRequest(documents, session.key.folder, cookie.source?.requestName),
  );
}

async function deleteCookie(sessions: SessionHost, { session, cookie }: CookieNode): Promise<void> {
  const removed = session.jar.delete(cookieKey(cookie));
  if (!removed) return;
  await changed(sessions, session);
  await offerUndo(vscode.l10n.t('Cookie {0} deleted.', cookie.name), async () => {
    putBack(session, [removed]);
    await changed(sessions, session);
  });
}

async function deleteVariable(sessions: SessionHost, { session, variable }: VariableNode): Promise<void> {
  const removed = session.deleteVariable(variable.name);
  if (!removed) return;
  await sessions.flush();
  await offerUndo(vscode.l10n.t('Variable {0} deleted.', variable.name), async () => {
    session.setVariable({ ...removed, at: Date.now() });
    await sessions.flush();
  });
}
