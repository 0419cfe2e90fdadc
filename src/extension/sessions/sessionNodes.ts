import type { Cookie, CookieKey } from '../../core/cookies/cookie.ts';
import type { ConnectionFacts } from '../../core/http/transport.ts';
import type { Provenance } from '../../core/session/provenance.ts';
import type { RecordedResponse, Session, SessionKey, SessionVariable } from '../../core/session/session.ts';
import { sessionId } from '../../core/session/sessionKey.ts';
import type { DoneChange } from '../workspace/sessionChanges.ts';

/** The rows of the session view as plain data. */
export type SessionNode =
  | { readonly kind: 'folder'; readonly folder: string; readonly label: string }
  | {
      readonly kind: 'session';
      readonly key: SessionKey;
      readonly active: boolean;
      readonly session: Session | undefined;
    }
  | { readonly kind: 'change'; readonly session: Session; readonly done: DoneChange }
  | { readonly kind: 'cookies'; readonly session: Session; readonly count: number }
  | {
      readonly kind: 'domain';
      readonly session: Session;
      readonly domain: string;
      readonly count: number;
      readonly open: boolean;
    }
  | { readonly kind: 'cookie'; readonly session: Session; readonly cookie: Cookie }
  | { readonly kind: 'variables'; readonly session: Session; readonly count: number }
  | { readonly kind: 'variable'; readonly session: Session; readonly variable: SessionVariable }
  | { readonly kind: 'responses'; readonly session: Session; readonly count: number }
  | { readonly kind: 'response'; readonly session: Session; readonly recorded: RecordedResponse }
  | { readonly kind: 'connections'; readonly session: Session; readonly count: number }
  | { readonly kind: 'connection'; readonly session: Session; readonly connection: ConnectionFacts }
  | { readonly kind: 'defaults'; readonly session: Session; readonly defaults: readonly Provenance[] }
  | { readonly kind: 'default'; readonly session: Session; readonly provenance: Provenance }
  | { readonly kind: 'snapshots'; readonly session: Session; readonly names: readonly string[] }
  | { readonly kind: 'snapshot'; readonly session: Session; readonly name: string };

export type NodeOf<Kind extends SessionNode['kind']> = SessionNode & { readonly kind: Kind };

export function cookieKey({ name, domain, path, hostOnly }: Cookie): CookieKey {
  return { name, domain, path, hostOnly };
}

/** Identity of a row across refreshes, so that what is open stays open and what is shown stays shown. */
export function nodeId(node: SessionNode): string {
  if (node.kind === 'folder') return `folder:${node.folder}`;
  if (node.kind === 'session') return `session:${sessionId(node.key)}`;
  return `${sessionId(node.session.key)}/${placeInSession(node)}`;
}

function placeInSession(node: Exclude<SessionNode, { kind: 'folder' | 'session' }>): string {
  switch (node.kind) {
    case 'domain':
      return `domain/${node.domain}`;
    case 'cookie':
      return cookieId(node.cookie);
    case 'variable':
      return `variable/${node.variable.name}`;
    case 'response':
      return `response/${node.recorded.file}#${node.recorded.id}`;
    case 'connection':
      return `connection/${String(node.connection.id)}`;
    case 'default':
      return `default/${JSON.stringify(node.provenance)}`;
    case 'snapshot':
      return `snapshot/${node.name}`;
    case 'change':
    case 'cookies':
    case 'variables':
    case 'responses':
    case 'connections':
    case 'defaults':
    case 'snapshots':
      return node.kind;
  }
}

function cookieId({ name, domain, path, hostOnly }: Cookie): string {
  return `cookie/${domain}\n${hostOnly ? 'host' : 'domain'}\n${path}\n${name}`;
}
