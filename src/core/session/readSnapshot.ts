import { checkCookie } from '../cookies/checkCookie.ts';
import type { Cookie } from '../cookies/cookie.ts';
import { readCookie } from '../cookies/readCookie.ts';
import { browserRules, type CookieRules } from '../cookies/receiveCookie.ts';
import type { Failure, Warning } from '../http/failure.ts';
import { isList, isObject, isText, isTime, type JsonObject } from '../text/jsonShape.ts';
import { readDefaults } from './readDefaults.ts';
import { readRecorded } from './readRecorded.ts';
import type { SessionKey, SessionVariable } from './session.ts';
import { type SessionSnapshot, snapshotVersion } from './snapshot.ts';

export type SnapshotReading =
  | { readonly ok: true; readonly snapshot: SessionSnapshot; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Takes parsed JSON for a snapshot and trusts none of it: each entry is checked and copied field by field, and one that
 * cannot be becomes a warning `snapshot-entry-refused`. A newer version fails with `snapshot-newer`, anything that is no snapshot with `snapshot-invalid`.
 */
export function readSnapshot(json: unknown, rules: CookieRules = browserRules): SnapshotReading {
  if (!isObject(json) || typeof json['version'] !== 'number') return failed(noSnapshot);
  if (json['version'] > snapshotVersion) return failed(newerSnapshot(json['version']));
  const key = readKey(json['key']);
  if (json['version'] !== snapshotVersion || key === undefined) return failed(noSnapshot);
  const warnings: Warning[] = [];
  const entries = <Entry>(name: string, read: (entry: unknown) => Entry | Refused): Entry[] =>
    listOf(json[name]).flatMap((entry) => {
      const found = read(entry);
      if (!isRefused(found)) return [found];
      warnings.push({ code: 'snapshot-entry-refused', message: found.refused });
      return [];
    });
  const snapshot: SessionSnapshot = {
    version: snapshotVersion,
    key,
    cookies: entries('cookies', (entry) => cookieOf(entry, rules)),
    variables: entries('variables', readVariable),
    ...defaultsOf(json, warnings),
    recorded: entries('recorded', (entry) => readRecorded(entry) ?? refused('recorded response', entry)),
    deleted: entries('deleted', readDeleted),
  };
  return { ok: true, snapshot, warnings };
}

interface Refused {
  readonly refused: string;
}

function isRefused(value: unknown): value is Refused {
  return isObject(value) && 'refused' in value;
}

const failed = (failure: Failure): SnapshotReading => ({ ok: false, failure });

const noSnapshot: Failure = {
  code: 'snapshot-invalid',
  message: 'This is not a saved session.',
  hint: 'Choose a file that Crumbtrail wrote, or start with an empty session.',
};

/** The failure of a file that a newer version of the product wrote. */
export function newerSnapshot(version: number): Failure {
  return {
    code: 'snapshot-newer',
    message: `The session was saved by a newer version of Crumbtrail (format ${version}; this one knows ${snapshotVersion}).`,
    hint: 'Update Crumbtrail, or use another session name; the file is left as it is.',
  };
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

function readKey(value: unknown): SessionKey | undefined {
  if (!isObject(value)) return undefined;
  const { folder, profile, name } = value;
  return isText(folder) && isText(profile) && isText(name) ? { folder, profile, name } : undefined;
}

function cookieOf(entry: unknown, rules: CookieRules): Cookie | Refused {
  const cookie = readCookie(entry);
  if (cookie === undefined) return refused('cookie', entry);
  const fault = checkCookie(cookie, rules);
  return fault
    ? { refused: `The saved cookie ${cookie.name} of ${cookie.domain} was refused: ${fault.message}` }
    : cookie;
}

function readVariable(entry: unknown): SessionVariable | Refused {
  if (!isObject(entry)) return refused('variable', entry);
  const { name, value, origin, secret, at } = entry;
  if (!isText(name) || name === '' || !isText(value)) return refused('variable', entry);
  return { name, value, origin: isText(origin) ? origin : '', secret: secret === true, at: isTime(at) ? at : 0 };
}

function readDeleted(entry: unknown): SessionSnapshot['deleted'][number] | Refused {
  if (!isObject(entry)) return refused('deletion', entry);
  const { item, at } = entry;
  return isText(item) && isTime(at) ? { item, at } : refused('deletion', entry);
}

function defaultsOf(json: JsonObject, warnings: Warning[]): Pick<SessionSnapshot, 'defaults' | 'defaultsAt'> {
  const reading = readDefaults(json['defaults'] ?? {});
  for (const { message } of reading.faults) {
    warnings.push({ code: 'snapshot-entry-refused', message: `A saved session default was refused: ${message}` });
  }
  const defaults = { headers: [], params: [], ...reading.defaults };
  return isTime(json['defaultsAt']) ? { defaults, defaultsAt: json['defaultsAt'] } : { defaults };
}

// The entry's own texts may be secrets, so only its name is told.
function refused(what: string, entry: unknown): Refused {
  const name = isObject(entry) && isText(entry['name']) ? ` ${entry['name']}` : '';
  return { refused: `A saved ${what}${name} was refused: a field is missing or has the wrong type.` };
}
