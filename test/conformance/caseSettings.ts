import assert from 'node:assert/strict';
import type { Session } from '../../src/core/session/session.ts';
import type { Mount, SessionDefaults } from '../../src/core/session/settings.ts';
import type { CaseObject } from './caseFile.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** The settings of a cookie case: what the jar obeys, and what a session keeps, by the names of the format. */
export interface CaseSettings extends CaseObject {
  readonly publicSuffixCheck?: boolean;
  readonly cookieAgeCapDays?: number;
  readonly variables?: Pairs;
}

const ofJar = ['publicSuffixCheck', 'cookieAgeCapDays'];
/** Names of the format and of the product's defaults alike. */
const sameNames = [
  'headers',
  'params',
  'auth',
  'proxies',
  'verify',
  'cert',
  'maxRedirects',
  'retry',
  'trustEnv',
  'rawTarget',
];
/** Names of the format, and of the same thing among the product's redirect defaults. */
const ofRedirects: Readonly<Record<string, string>> = {
  policy: 'policy',
  followRedirects: 'follow',
  trustedHosts: 'trustedHosts',
  sensitiveHeaders: 'sensitiveHeaders',
  hopBodyLimit: 'hopBodyLimit',
  autoReferer: 'autoReferer',
};
const others = ['timeout', 'mounts', 'variables'];

/** Puts the settings a session keeps on it. */
export function configure(session: Session, settings: CaseSettings, now: number): void {
  session.setDefaults({ ...session.defaults, ...defaultsOf(settings) });
  for (const [name, value] of settings.variables ?? []) {
    session.setVariable({ name, value, origin: 'set by the case', secret: false, at: now });
  }
}

/** These settings as the session has them now. */
export function settingsOf(session: Session, names: readonly string[]): CaseSettings {
  const variables = session.variables().map(({ name, value }) => [name, value] as const);
  const all: CaseObject = { ...writtenOf(session.defaults), variables };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function defaultsOf(settings: CaseObject): Partial<SessionDefaults> {
  const known = [...ofJar, ...sameNames, ...Object.keys(ofRedirects), ...others];
  const unknown = Object.keys(settings).filter((name) => !known.includes(name));
  assert.deepEqual(unknown, [], 'unknown settings');
  const redirect = Object.entries(ofRedirects).filter(([name]) => name in settings);
  const mounts = settings['mounts'] as readonly { prefix: string; settings: CaseObject }[] | undefined;
  return {
    ...Object.fromEntries(sameNames.flatMap((name) => (name in settings ? [[name, settings[name]]] : []))),
    ...('timeout' in settings && { timeouts: settings['timeout'] as NonNullable<SessionDefaults['timeouts']> }),
    ...(redirect.length > 0 && {
      redirect: Object.fromEntries(redirect.map(([name, own]) => [own, settings[name]])),
    }),
    ...(mounts && { mount: mounts.map((each) => ({ prefix: each.prefix, defaults: defaultsOf(each.settings) })) }),
  };
}

function writtenOf({
  timeouts,
  redirect = {},
  mount,
  ...defaults
}: Mount['defaults'] & Partial<SessionDefaults>): CaseObject {
  const said = new Map<string, unknown>(Object.entries(redirect));
  const redirects = Object.entries(ofRedirects).filter(([, own]) => said.has(own));
  return {
    ...defaults,
    ...(timeouts && { timeout: timeouts }),
    ...Object.fromEntries(redirects.map(([name, own]) => [name, said.get(own)])),
    ...(mount && { mounts: mount.map((each) => ({ prefix: each.prefix, settings: writtenOf(each.defaults) })) }),
  };
}
