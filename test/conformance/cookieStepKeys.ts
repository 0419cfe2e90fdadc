import assert from 'node:assert/strict';
import type { Cookie } from '../../src/core/cookies/cookie.ts';
import type { CaseSettings } from './caseSettings.ts';

/** A step as the file has it; which keys an op may have stands in `keys`. */
export interface Step {
  readonly op: string;
  readonly url?: string;
  readonly setCookie?: string;
  readonly count?: number;
  readonly valueLength?: number;
  readonly seconds?: number;
  readonly name?: string;
  readonly value?: string | null;
  readonly domain?: string;
  readonly path?: string;
  readonly format?: string;
  readonly lines?: readonly string[];
  readonly settings?: CaseSettings;
  readonly hooks?: readonly string[];
  readonly cookies?: readonly object[];
  readonly expectOutcome?: string;
  readonly expectReason?: string;
  readonly expectWarnings?: readonly string[];
  readonly expectCookieHeader?: string | null;
  readonly expectCount?: number;
  readonly expectMax?: number;
  readonly expectCookies?: readonly Readonly<Record<string, unknown>>[];
  readonly expectSettings?: CaseSettings;
  readonly expectHooks?: readonly string[];
  readonly expectValue?: string | null;
  readonly expectError?: string;
  readonly expectShown?: readonly string[];
  readonly expectList?: readonly string[];
  readonly expectErrorLines?: readonly number[];
  readonly expectMaxLines?: number;
  readonly expectFields?: number;
  readonly expectNotContains?: readonly string[];
  readonly expectFileUnchanged?: boolean;
}

const place = ['name', 'domain', 'path'];
const error = ['expectError', 'expectShown'];

const keys: Readonly<Record<string, readonly string[]>> = {
  set: ['url', 'setCookie', 'expectOutcome', 'expectReason', 'expectWarnings'],
  setMany: ['url', 'count', 'valueLength', 'expectWarnings'],
  get: ['url', 'expectCookieHeader', 'expectWarnings'],
  advance: ['seconds'],
  count: ['expectCount', 'expectMax'],
  list: ['expectCookies'],
  saveLoad: ['expectSettings', 'expectHooks'],
  put: [...place, ...error, 'value'],
  pick: [...place, ...error, 'expectValue'],
  clear: [...place, 'expectCount'],
  clearSession: ['expectCount'],
  listDomains: ['expectList'],
  listPaths: ['expectList'],
  import: ['format', 'lines', 'expectErrorLines'],
  export: ['format', 'expectMaxLines', 'expectFields'],
  configure: ['settings', 'hooks'],
  save: ['expectNotContains'],
  load: ['cookies', 'expectWarnings'],
  loadNewer: ['expectError', 'expectFileUnchanged'],
};

/** A case with a key that nobody looks at would pass for nothing. */
export function checkKeys(step: Step): void {
  const known = keys[step.op];
  assert.ok(known, `unknown op ${step.op}`);
  const unknown = Object.keys(step).filter((name) => name !== 'op' && !known.includes(name));
  assert.deepEqual(unknown, [], `unknown keys of ${step.op}`);
}

/** The jar's cookies by name, each with the keys that the expectation at its place names; expiry in seconds, null for what is absent. */
export function listed(
  cookies: readonly Cookie[],
  expected: NonNullable<Step['expectCookies']>,
): Readonly<Record<string, unknown>>[] {
  const sorted = cookies.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return sorted.map((cookie, index) => {
    const all: Readonly<Record<string, unknown>> = {
      ...cookie,
      sameSite: cookie.sameSite ?? null,
      expires: cookie.expires === undefined ? null : cookie.expires / 1000,
    };
    return Object.fromEntries(Object.keys(expected[index] ?? all).map((name) => [name, all[name]]));
  });
}
