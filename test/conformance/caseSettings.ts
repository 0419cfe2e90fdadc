import assert from 'node:assert/strict';
import type { Session } from '../../src/core/session/session.ts';
import type { SessionDefaults } from '../../src/core/session/settings.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** The settings of a cookie case: what the jar obeys, and what a session keeps. */
export interface CaseSettings {
  readonly publicSuffixCheck?: boolean;
  readonly cookieAgeCapDays?: number;
  readonly headers?: SessionDefaults['headers'];
  readonly params?: Pairs;
  readonly auth?: NonNullable<SessionDefaults['auth']>;
  readonly proxies?: NonNullable<SessionDefaults['proxies']>;
  readonly verify?: boolean | string;
  readonly cert?: string;
  readonly timeout?: NonNullable<SessionDefaults['timeouts']>;
  readonly variables?: Pairs;
}

const ofJar = ['publicSuffixCheck', 'cookieAgeCapDays'];
const kept = ['headers', 'params', 'auth', 'proxies', 'verify', 'cert', 'timeout', 'variables'];

/** Puts the settings a session keeps on it. */
export function configure(session: Session, settings: CaseSettings, now: number): void {
  const unknown = Object.keys(settings).filter((name) => !ofJar.includes(name) && !kept.includes(name));
  assert.deepEqual(unknown, [], 'unknown settings');
  const { publicSuffixCheck: _, cookieAgeCapDays: __, timeout, variables = [], ...defaults } = settings;
  session.setDefaults({ ...session.defaults, ...defaults, ...(timeout === undefined ? {} : { timeouts: timeout }) });
  for (const [name, value] of variables) {
    session.setVariable({ name, value, origin: 'set by the case', secret: false, at: now });
  }
}

/** These settings as the session has them now. */
export function settingsOf(session: Session, names: readonly string[]): CaseSettings {
  const { timeouts, ...defaults } = session.defaults;
  const variables = session.variables().map(({ name, value }) => [name, value] as const);
  const all: Readonly<Record<string, unknown>> = { ...defaults, timeout: timeouts, variables };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
