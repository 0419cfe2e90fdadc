import * as vscode from 'vscode';
import type { CookieKey } from '../../core/cookies/cookie.ts';
import { sessionViewId } from '../contributions.ts';
import type { SessionParts } from './sessionParts.ts';

/** Brings the session view to the front and selects a cookie there: the link of the response view. */
export async function showCookie(
  { sessions, tree }: SessionParts,
  key: CookieKey,
  sessionName?: string,
): Promise<void> {
  await vscode.commands.executeCommand(`${sessionViewId}.focus`);
  const folder = sessions.currentFolder();
  const active = sessions.activeKey(folder);
  const session = await sessions.open(sessionName === undefined ? active : { ...active, name: sessionName });
  const cookie = session.jar
    .all(Date.now())
    .find(
      ({ name, domain, path, hostOnly }) =>
        name === key.name && domain === key.domain && path === key.path && hostOnly === key.hostOnly,
    );
  if (cookie && tree.model.draws(session)) await tree.reveal(tree.model.cookieElement(session, cookie));
}
