import type { SetCookieVerdict } from '../core/cookies/cookie.ts';
import { looksSecret } from '../core/http/secretName.ts';
import type { Change, Decision, Hop, StopReason } from '../core/session/exchange.ts';
import type { BadgeView } from '../protocol/exchangeView.ts';
import { counted, spanWords } from './timeWords.ts';

/**
 * What changed on the way from this hop to the next, what its cookies did, and how the server was reached: `POST → GET`,
 * `body dropped`, `+2 cookies`, `certificate not verified`, `proxy`.
 */
export function badges({ request, decision, cookies, wire, warnings }: Hop): BadgeView[] {
  return [
    ...warnings.flatMap(({ code, message }) =>
      code === 'not-verified' ? [warn('certificate not verified', message)] : [],
    ),
    ...proxyBadges(wire.connection?.via),
    ...decisionBadges(request.url, decision),
    ...cookieBadges(cookies.received),
  ];
}

function proxyBadges(via: string | undefined): BadgeView[] {
  return via === undefined ? [] : [calm('proxy', `through ${via}`)];
}

function decisionBadges(url: string, decision: Decision): BadgeView[] {
  if (decision.kind === 'stop') return stopBadges[decision.reason].map((text) => warn(text));
  const crossed = new URL(url).origin !== new URL(decision.next.url).origin;
  return [
    ...decision.changes.flatMap((change) => changeBadges(change, crossed)),
    ...bodyHeaderBadges(decision.changes),
    ...waitBadges(decision),
  ];
}

/** It stands while the wait goes on as well. */
function waitBadges({ waitMs = 0, skippedMs }: Extract<Decision, { kind: 'follow' }>): BadgeView[] {
  if (skippedMs !== undefined) return [calm(`waited ${spanWords(waitMs)}, then sent at once`)];
  return waitMs > 0 ? [calm(`wait of ${spanWords(waitMs)}`)] : [];
}

const stopBadges: Readonly<Record<StopReason, readonly string[]>> = {
  final: [],
  'no-location': ['redirect without a Location'],
  'not-followed': ['redirect not followed'],
  'follow-limit': ['stopped by @follow'],
  failed: [],
};

function changeBadges(change: Change, crossed: boolean): BadgeView[] {
  switch (change.kind) {
    case 'method':
      return [calm(`${change.from ?? ''} → ${change.to ?? ''}`, change.why)];
    case 'body':
      return [calm(change.to === undefined ? 'body dropped' : 'body changed', change.why)];
    case 'header':
      return describesBody(change) ? [] : [headerBadge(change, crossed)];
    case 'fragment':
      // A fragment is never sent, and the URL of the next hop shows it.
      return [];
  }
}

/** A header change that leaves `to` away is a drop. */
function headerBadge({ name = '', from, to, why }: Change, crossed: boolean): BadgeView {
  if (to !== undefined) return calm(`${name} ${from === undefined ? 'added' : 'changed'}`, why);
  const text = crossed ? `${name} dropped: other origin` : `${name} dropped`;
  return isCredential(name) ? warn(text, why) : calm(text, why);
}

/** Lines that describe the body go with it: said once, and only where no `body dropped` says it already. */
function bodyHeaderBadges(changes: readonly Change[]): BadgeView[] {
  const dropped = changes.filter(describesBody);
  if (dropped.length === 0 || changes.some(({ kind }) => kind === 'body')) return [];
  return [calm('body headers dropped', dropped.map(({ name, why }) => `${name ?? ''}: ${why}`).join('; '))];
}

/** RFC 9110 8.3 to 8.8 and 6.6.1: fields about content and its transfer. */
function describesBody({ kind, name = '', to }: Change): boolean {
  return (
    kind === 'header' && to === undefined && /^(?:content-|transfer-encoding$|(?:repr-)?digest$|expect$)/i.test(name)
  );
}

function isCredential(name: string): boolean {
  return name.toLowerCase() === 'cookie' || looksSecret(name);
}

function cookieBadges(received: readonly SetCookieVerdict[]): BadgeView[] {
  const count = (fits: (verdict: SetCookieVerdict) => boolean): number => received.filter(fits).length;
  const added = count((verdict) => verdict.kind === 'stored' && verdict.action === 'added');
  const updated = count((verdict) => verdict.kind === 'stored' && verdict.action === 'updated');
  const deleted = count((verdict) => verdict.kind === 'deleted' && verdict.previous !== undefined);
  const refused = count((verdict) => verdict.kind === 'rejected');
  return [
    ...(added > 0 ? [calm(`+${counted(added, 'cookie')}`)] : []),
    ...(updated > 0 ? [calm(`${counted(updated, 'cookie')} updated`)] : []),
    ...(deleted > 0 ? [calm(`−${counted(deleted, 'cookie')}`)] : []),
    ...(refused > 0 ? [warn(`${counted(refused, 'cookie')} refused`)] : []),
  ];
}

function calm(text: string, why?: string): BadgeView {
  return why === undefined ? { text, warn: false } : { text, warn: false, why };
}

function warn(text: string, why?: string): BadgeView {
  return why === undefined ? { text, warn: true } : { text, warn: true, why };
}
