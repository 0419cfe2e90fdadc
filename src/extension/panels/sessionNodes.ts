import type { Cookie, CookieKey } from '../../core/cookies/cookie.ts';
import type { ConnectionFacts } from '../../core/http/transport.ts';
import type { Provenance } from '../../core/session/provenance.ts';
import type { RecordedResponse, Session, SessionKey, SessionVariable } from '../../core/session/session.ts';

/** The rows of the session view as plain data; the tree gives them labels, icons and actions. */
export type SessionNode =
  | { readonly kind: 'folder'; readonly folder: string; readonly label: string }
  | {
      readonly kind: 'session';
      readonly key: SessionKey;
      readonly active: boolean;
      readonly session: Session | undefined;
    }
  | { readonly kind: 'cookies'; readonly session: Session }
  | { readonly kind: 'domain'; readonly session: Session; readonly domain: string }
  | { readonly kind: 'cookie'; readonly session: Session; readonly cookie: Cookie }
  | { readonly kind: 'variables'; readonly session: Session }
  | { readonly kind: 'variable'; readonly session: Session; readonly variable: SessionVariable }
  | { readonly kind: 'responses'; readonly session: Session }
  | { readonly kind: 'response'; readonly session: Session; readonly recorded: RecordedResponse }
  | { readonly kind: 'connections'; readonly session: Session }
  | { readonly kind: 'connection'; readonly session: Session; readonly connection: ConnectionFacts }
  | { readonly kind: 'defaults'; readonly session: Session; readonly defaults: readonly Provenance[] }
  | { readonly kind: 'default'; readonly session: Session; readonly provenance: Provenance };

/** The groups under an open session; those without content are left out, but cookies and variables always tell their number. */
export function groupsOf(session: Session, defaults: readonly Provenance[]): SessionNode[] {
  const groups: SessionNode[] = [
    { kind: 'cookies', session },
    { kind: 'variables', session },
  ];
  if (session.allRecorded().length > 0) groups.push({ kind: 'responses', session });
  groups.push({ kind: 'connections', session });
  groups.push({ kind: 'defaults', session, defaults });
  return groups;
}

export function domainsOf(session: Session, now: number): SessionNode[] {
  const domains = new Set(session.jar.all(now).map(({ domain }) => domain));
  return [...domains].map((domain) => ({ kind: 'domain', session, domain }));
}

export function cookiesOf(session: Session, domain: string, now: number): SessionNode[] {
  return session.jar
    .all(now)
    .filter((cookie) => cookie.domain === domain)
    .map((cookie) => ({ kind: 'cookie', session, cookie }));
}

export function cookieKey({ name, domain, path, hostOnly }: Cookie): CookieKey {
  return { name, domain, path, hostOnly };
}

/** Identity of a row across refreshes, so that what is open stays open and what is shown stays shown. */
export function nodeId(node: SessionNode): string {
  switch (node.kind) {
    case 'folder':
      return `folder:${node.folder}`;
    case 'session':
      return `session:${sessionId(node.key)}`;
    case 'domain':
      return `${sessionId(node.session.key)}/domain/${node.domain}`;
    case 'cookie':
      return `${sessionId(node.session.key)}/cookie/${JSON.stringify(cookieKey(node.cookie))}`;
    case 'variable':
      return `${sessionId(node.session.key)}/variable/${node.variable.name}`;
    case 'response':
      return `${sessionId(node.session.key)}/response/${node.recorded.file}#${node.recorded.id}`;
    case 'connection':
      return `${sessionId(node.session.key)}/connection/${String(node.connection.id)}`;
    case 'default':
      return `${sessionId(node.session.key)}/default/${JSON.stringify(node.provenance)}`;
    case 'cookies':
    case 'variables':
    case 'responses':
    case 'connections':
    case 'defaults':
      return `${sessionId(node.session.key)}/${node.kind}`;
  }
}

export function sessionId({ folder, profile, name }: SessionKey): string {
  return `${folder}|${profile}|${name}`;
}
