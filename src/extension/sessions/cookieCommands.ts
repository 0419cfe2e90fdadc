import * as vscode from 'vscode';
import type { Cookie } from '../../core/cookies/cookie.ts';
import type { Session } from '../../core/session/session.ts';
import { sessionKey, environmentOfKey } from '../../core/session/sessionKey.ts';
import { counted } from '../../present/timeWords.ts';
import { goToRequest } from '../commands/goToRequest.ts';
import { cookieFile } from './editedFiles.ts';
import { cookieKey, type NodeOf, type SessionNode } from './sessionNodes.ts';
import { pickSession, sessionOf, undoable } from './sessionOf.ts';
import type { SessionParts } from './sessionParts.ts';

type CookieNode = NodeOf<'cookie'>;

/** Commands on cookies: one, those of a domain, those that end with the session or have ended. */
export const cookieCommands = (parts: SessionParts) => ({
  revealValue: (node: SessionNode) => parts.tree.setShown(node, true),
  hideValue: (node: SessionNode) => parts.tree.setShown(node, false),
  copyCookie: ({ cookie }: CookieNode) =>
    vscode.env.clipboard.writeText(cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`),
  addCookie: async (node?: SessionNode) => addCookie(parts, await sessionOf(parts.sessions, node), node),
  editCookie: ({ session, cookie }: CookieNode) => parts.files.show(session, cookieFile(parts, cookie)),
  duplicateCookie: ({ session, cookie }: CookieNode) => duplicateCookie(parts, session, cookie),
  copyCookieTo: ({ session, cookie }: CookieNode) => copyCookieTo(parts, session, cookie),
  deleteCookie: ({ session, cookie }: CookieNode) =>
    undoable(parts, session, vscode.l10n.t('Cookie {0} deleted.', cookie.name), () =>
      session.jar.delete(cookieKey(cookie)),
    ),
  clearDomain: ({ session, domain }: NodeOf<'domain'>) =>
    undoable(parts, session, vscode.l10n.t('Cookies of {0} cleared.', domain), () => session.jar.clear({ domain })),
  clearSessionCookies: async (node?: SessionNode) => {
    const session = await sessionOf(parts.sessions, node);
    await cleared(parts, session, () => session.jar.clearSession());
  },
  clearExpiredCookies: async (node?: SessionNode) => {
    const session = await sessionOf(parts.sessions, node);
    const gone = session.jar.purgeExpired(Date.now());
    session.touch();
    await parts.sessions.flush();
    await vscode.window.showInformationMessage(
      gone.length === 0
        ? vscode.l10n.t('No cookie of this session has expired.')
        : vscode.l10n.t('{0} cleared.', counted(gone.length, 'expired cookie')),
    );
  },
  revealSource: ({ session, cookie }: CookieNode) =>
    goToRequest(parts.documents, session.key.folder, cookie.source?.requestName),
});

async function addCookie(parts: SessionParts, session: Session, node: SessionNode | undefined): Promise<void> {
  const domain = node?.kind === 'domain' ? node.domain : session.jar.all(Date.now())[0]?.domain;
  await parts.files.show(session, cookieFile(parts, undefined, domain));
}

/** The copy gets a name of its own: with the same it would be the same cookie. */
async function duplicateCookie(parts: SessionParts, session: Session, cookie: Cookie): Promise<void> {
  const taken = new Set(session.jar.all(Date.now()).map(({ name }) => name));
  let number = 2;
  while (taken.has(`${cookie.name}_${number}`)) number++;
  const copy = { ...cookie, name: `${cookie.name}_${number}`, created: Date.now(), lastSet: Date.now() };
  await parts.sessions.changes.track(session, vscode.l10n.t('Cookie {0} duplicated', cookie.name), () =>
    session.jar.put({ ...copy, source: { kind: 'user', at: Date.now() } }),
  );
  await parts.sessions.flush();
  await parts.files.show(session, cookieFile(parts, copy));
}

async function copyCookieTo({ sessions }: SessionParts, session: Session, cookie: Cookie): Promise<void> {
  const name = await pickSession(
    sessions,
    {
      title: vscode.l10n.t('Copy the cookie {0} to', cookie.name),
      placeHolder: vscode.l10n.t('The session that gets it'),
    },
    { without: session.key.name },
  );
  if (name === undefined) return;
  const { folder } = session.key;
  const target = await sessions.open(sessionKey(folder, environmentOfKey(session.key), name));
  await undoable({ sessions }, target, vscode.l10n.t('Cookie {0} copied to {1}.', cookie.name, name), () => {
    const put = target.jar.put({ ...cookie, lastSet: Date.now() });
    if (!put.ok) throw new Error(put.reason);
  });
}

async function cleared(parts: SessionParts, session: Session, clear: () => readonly Cookie[]): Promise<void> {
  const count = session.jar.all(Date.now()).filter(({ expires }) => expires === undefined).length;
  if (count === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('No cookie of this session ends with it.'));
    return;
  }
  await undoable(parts, session, vscode.l10n.t('{0} cleared.', counted(count, 'cookie')), clear);
}
