import type { Warning } from '../http/failure.ts';
import { withHeader, withoutHeaders, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import { looksSecret } from '../http/secretName.ts';
import type { Change } from './exchange.ts';
import { mountIndex } from './mount.ts';
import type { SendSettings } from './settings.ts';

export interface RedirectHeaders {
  readonly headers: HeaderList;
  readonly changes: readonly Change[];
  readonly warnings: readonly Warning[];
}

export interface RedirectCrossing {
  readonly from: URL;
  readonly to: URL;
  /** The method changed or the body was dropped, so nothing may describe a body any more. */
  readonly withoutBody: boolean;
  readonly settings: Pick<
    SendSettings,
    'policy' | 'sensitiveHeaders' | 'autoReferer' | 'mountHeaders' | keyof CredentialRules
  >;
}

/**
 * Header lines of the next request: what is dropped is dropped for good, because the next request is made from this one
 * and never from the first (SESSION 2.2).
 */
export function redirectHeaders(headers: HeaderList, crossing: RedirectCrossing): RedirectHeaders {
  const rules = crossingRules(crossing);
  const verdicts = headers.map((line) => ({ line, why: whyDropped(line[0].toLowerCase(), rules) }));
  const kept = withReferer(
    verdicts.filter(({ why }) => why === undefined).map(({ line }) => line),
    crossing,
  );
  return {
    headers: kept,
    changes: uniqueByName(verdicts.flatMap(({ line, why }) => (why === undefined ? [] : [change(line, why)]))),
    warnings: rules.sameOrigin || rules.trusted ? [] : forwardedSecrets(kept, crossing.to),
  };
}

/**
 * The page that sent us on, where the setting asks for it, as curl's `--referer ";auto"`: without userinfo and fragment
 * (CVE-2021-22876), and not from https to http (RFC 9110 10.1.3).
 */
function withReferer(headers: HeaderList, { from, to, settings }: RedirectCrossing): HeaderList {
  if (!settings.autoReferer) return headers;
  if (from.protocol === 'https:' && to.protocol === 'http:')
    return withoutHeaders(headers, (name) => name === 'referer');
  return withHeader(headers, 'Referer', from.origin + from.pathname + from.search);
}

/** The settings that decide where credentials may go. */
export type CredentialRules = Pick<SendSettings, 'trustedHosts' | 'keepAuthOnHttpsUpgrade'>;

/** True when credentials of `from` may be sent to `to`. Both are the parsed URLs that are connected to. */
export function credentialsMayFollow(from: URL, to: URL, rules: CredentialRules): boolean {
  const upgraded = rules.keepAuthOnHttpsUpgrade && isHttpsUpgrade(from, to);
  return from.origin === to.origin || upgraded || isTrusted(from, to, rules.trustedHosts);
}

interface CrossingRules {
  readonly sameOrigin: boolean;
  readonly trusted: boolean;
  readonly withoutBody: boolean;
  readonly dropsCookieLine: boolean;
  readonly sensitive: ReadonlySet<string>;
  /** Names of headers whose mount does not hold for the target, with its prefix. */
  readonly leftMounts: ReadonlyMap<string, string>;
  readonly target: string;
}

function crossingRules({ from, to, withoutBody, settings }: RedirectCrossing): CrossingRules {
  const sameOrigin = from.origin === to.origin;
  return {
    sameOrigin,
    trusted: credentialsMayFollow(from, to, settings),
    withoutBody,
    // requests rebuilds the Cookie line from the jar at every redirect (resolve_redirects pops it).
    dropsCookieLine: !sameOrigin || settings.policy === 'requests',
    leftMounts: new Map(
      (settings.mountHeaders ?? []).flatMap(([name, prefix]) =>
        mountIndex([prefix], to.href) === undefined ? [[name.toLowerCase(), prefix] as const] : [],
      ),
    ),
    sensitive: new Set(settings.sensitiveHeaders.map((name) => name.toLowerCase())),
    target: to.origin,
  };
}

/** Why a header does not go along, in words; `undefined` when it does. */
function whyDropped(name: string, rules: CrossingRules): string | undefined {
  // RFC 9110 15.4: drop what describes the body when there is none any more.
  if (rules.withoutBody && describesBody(name)) return 'describes the body that is not sent again';
  // RFC 9110 11.7.1: for the next inbound proxy only; whoever answered was not it.
  if (name === 'proxy-authorization') return 'is for a proxy, never for the target of a redirect';
  if (name === 'authorization' && !rules.trusted) return `credentials do not go to another origin (${rules.target})`;
  if (name === 'cookie' && rules.dropsCookieLine) {
    return rules.sameOrigin ? 'policy "requests" rebuilds it from the jar' : `belongs to the first origin only`;
  }
  // CVE-2026-6276: a Host override must not outlive its origin.
  if (name === 'host' && !rules.sameOrigin) return `named the host for the first origin only`;
  const mount = rules.leftMounts.get(name);
  if (mount !== undefined) return `is a default for ${mount} only`;
  if (rules.sensitive.has(name) && !rules.trusted) return `is listed as sensitive and the origin changed`;
  return undefined;
}

const bodyHeaders = new Set(['transfer-encoding', 'digest', 'repr-digest', 'last-modified', 'expect']);

function describesBody(name: string): boolean {
  return name.startsWith('content-') || bodyHeaders.has(name);
}

/** Same host from http on 80 to https on 443: the usual upgrade, and safer than the hop before it (our choice, as requests). */
function isHttpsUpgrade(from: URL, to: URL): boolean {
  return (
    from.hostname === to.hostname &&
    from.protocol === 'http:' &&
    from.port === '' &&
    to.protocol === 'https:' &&
    to.port === ''
  );
}

/** A list entry is `host` or `host:port`. It names a host, not plain text: a step down from https is never trusted. */
function isTrusted(from: URL, to: URL, trustedHosts: readonly string[]): boolean {
  if (from.protocol === 'https:' && to.protocol === 'http:') return false;
  const port = to.port || (to.protocol === 'https:' ? '443' : '80');
  const names = [to.hostname, `${to.hostname}:${port}`];
  return trustedHosts.some((entry) => names.includes(entry.trim().toLowerCase()));
}

function forwardedSecrets(kept: HeaderList, to: URL): Warning[] {
  const names = [...new Set(kept.map(([name]) => name).filter((name) => looksSecret(name)))];
  if (names.length === 0) return [];
  const list = names.join(', ');
  return [
    {
      code: 'custom-headers-cross-origin',
      message: `${list} went along to ${to.origin}, another origin. List the name in "sensitiveHeaders" to drop it there.`,
    },
  ];
}

function change([name]: HeaderLine, why: string): Change {
  return { kind: 'header', name, why };
}

function uniqueByName(changes: readonly Change[]): Change[] {
  return [...new Map(changes.toReversed().map((item) => [item.name?.toLowerCase(), item])).values()].toReversed();
}
