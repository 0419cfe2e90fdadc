import type { BasicCredentials, Credentials, RequestAuth } from '../http/auth/credentials.ts';
import { firstHeader, withHeader, withoutHeaders, type HeaderList } from '../http/headerList.ts';
import { isForOrigin, sessionCredentials } from '../session/sessionCredentials.ts';
import type { SessionAuth } from '../session/settings.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { AuthTag } from './authTag.ts';
import { authorizationForm, basicFlaw } from './authorization.ts';
import type { BasicCharset } from '../http/auth/basic.ts';
import { headerFlaw } from './headers.ts';
import { problem } from './prepareInput.ts';

export interface AuthDraft {
  /** The request's lines over those of the session. */
  readonly headers: HeaderList;
  /** The Authorization line is the block's own, not a default. */
  readonly hasOwnLine: boolean;
  /** With userinfo, if some is written. */
  readonly url: URL;
  readonly tag: AuthTag;
  /** Of the session, or of the mount of this URL; resolved. */
  readonly session: SessionAuth | undefined;
  readonly charset: BasicCharset;
  /** Where to complain. */
  readonly span: Span;
}

export interface PreparedAuth {
  readonly headers: HeaderList;
  readonly auth: RequestAuth | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Sorts the sources of credentials by SESSION 0a.7: the tag, the block's line, the session, and later, hop by hop, netrc and
 * the URL's userinfo. What is mere text becomes the Authorization line; the rest is made anew for every hop.
 */
export function requestAuth(draft: AuthDraft): PreparedAuth {
  const { tag, headers } = draft;
  const said = tag.said;
  if (said === undefined) return withoutTag(draft);
  const replaced = firstHeader(headers, 'authorization') === undefined ? [] : [replacedByTag(tag)];
  const bare = withoutHeaders(headers, (name) => name === 'authorization');
  if (said === null) return { headers: bare, auth: { none: true }, problems: replaced };
  return typeof said === 'string'
    ? { headers: withHeader(headers, 'Authorization', said), auth: bound(draft), problems: replaced }
    : { headers: bare, auth: { ...bound(draft), own: said }, problems: replaced };
}

function withoutTag(draft: AuthDraft): PreparedAuth {
  const { headers, hasOwnLine, session, url, charset, span } = draft;
  const line = firstHeader(headers, 'authorization');
  const userinfo = userinfoOf(url);
  const auth: RequestAuth | undefined = userinfo ? { ...bound(draft), userinfo } : bound(draft);
  const isReplaced = session && session.type !== 'none' && isForOrigin(session.origin, url) && !hasOwnLine;
  const problems = flawsOf(draft, line === undefined ? userinfo : undefined);
  if (line === undefined) return { headers, auth, problems };
  if (isReplaced) {
    // requests: an auth option overwrites the Authorization of session headers (SESSION M15).
    const bare = withoutHeaders(headers, (name) => name === 'authorization');
    return { headers: bare, auth, problems: [...problems, replacedBySession(span)] };
  }
  const form = authorizationForm(line, charset);
  if (typeof form === 'string') return { headers: form === line ? headers : withLine(headers, form), auth, problems };
  return {
    headers: withoutHeaders(headers, (name) => name === 'authorization'),
    auth: { ...auth, own: form },
    problems,
  };
}

/** Those of the session; with an origin they may be used on a later hop although something else comes first on this one. */
function bound({ session }: AuthDraft): RequestAuth | undefined {
  const credentials = session && sessionCredentials(session);
  if (!session || credentials === undefined) return undefined;
  const { origin } = session;
  const place = origin === undefined ? undefined : URL.parse(origin)?.origin;
  return { session: { credentials, ...(place !== undefined && { origin: place }) } };
}

/** A name alone is a user without a password, as curl has it (SESSION M17). */
function userinfoOf(url: URL): BasicCredentials | undefined {
  if (url.username === '' && url.password === '') return undefined;
  return { type: 'basic', username: percentDecoded(url.username), password: percentDecoded(url.password) };
}

/** What the line keeps is its place and spelling. */
function withLine(headers: HeaderList, value: string): HeaderList {
  const name = headers.find(([key]) => key.toLowerCase() === 'authorization')?.[0] ?? 'Authorization';
  return withHeader(headers, name, value);
}

/** Credentials that cannot be put into a header. The block's line comes before the session's, so those are not looked at then. */
function flawsOf(draft: AuthDraft, userinfo: BasicCredentials | undefined): readonly Problem[] {
  const { session, url, hasOwnLine, span } = draft;
  const ofSession =
    !hasOwnLine && session && isForOrigin(session.origin, url) ? sessionCredentials(session) : undefined;
  const flaw = flawOf(ofSession ?? userinfo, ofSession === undefined ? 'in the URL' : 'of the session');
  return flaw === undefined ? [] : [problem('error', flaw.code, span, flaw.message)];
}

function flawOf(credentials: Credentials | undefined, where: string): { code: string; message: string } | undefined {
  if (credentials?.type === 'bearer') return headerFlaw('Authorization', `Bearer ${credentials.token}`);
  const message = credentials?.type === 'basic' ? basicFlaw(credentials.username, where) : undefined;
  return message === undefined ? undefined : { code: 'invalid-auth', message };
}

function replacedByTag({ tag, line }: AuthTag): Problem {
  const message = '"# @auth" replaces the Authorization line. Take one of the two out.';
  return problem('warning', 'authorization-replaced', tag?.span ?? line, message);
}

function replacedBySession(span: Span): Problem {
  const message = 'The authentication of the session replaces its Authorization header. Take one of the two out.';
  return problem('warning', 'authorization-replaced', span, message);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // No valid UTF-8 behind the percent signs: what is written is what is meant.
    return text;
  }
}
