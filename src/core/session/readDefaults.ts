import { isList, isObject, isText } from '../text/jsonShape.ts';
import type { MergePair } from './merge.ts';
import { isMountPrefix } from './mount.ts';
import { readAuth, readCert, readProxies, readRetry, readTimeouts } from './readTransportDefaults.ts';
import {
  membersOf,
  orNull,
  readBoolean,
  readMembers,
  readNumber,
  readOneOf,
  readTextList,
  Setting,
  type Reader,
  type Readers,
  type SettingFault,
} from './readSetting.ts';
import type { DefaultsPart, Mount, RedirectPart } from './settings.ts';

export interface DefaultsReading {
  readonly defaults: DefaultsPart;
  readonly faults: readonly SettingFault[];
}

/**
 * Session defaults from JSON that nobody has checked: `"$session"` of an environment file, a setting, the document that a
 * user edits, a snapshot. What has the wrong form is left out and named; the rest counts.
 */
export function readDefaults(json: unknown): DefaultsReading {
  const faults: SettingFault[] = [];
  const { timeout, ...defaults } = readMembers(new Setting(json, faults), { ...readers, mount: readMounts }) ?? {};
  return { defaults: { ...defaults, ...(timeout && { timeouts: timeout }) }, faults };
}

/** The members as they are written: `timeout` as in requests, `timeouts` as a session is saved. */
type WrittenDefaults = Required<DefaultsPart> & { readonly timeout: NonNullable<DefaultsPart['timeouts']> };

const readRedirect: Reader<RedirectPart> = (setting) =>
  readMembers<Required<RedirectPart>>(setting, {
    policy: readOneOf(['standard', 'requests', 'preserve']),
    follow: readBoolean,
    trustedHosts: readTextList,
    sensitiveHeaders: readTextList,
    hopBodyLimit: readNumber(0, true),
    autoReferer: readBoolean,
    keepAuthOnHttpsUpgrade: readBoolean,
    follow300: readBoolean,
    allowDowngrade: readBoolean,
  });

const readers: Readers<Omit<WrittenDefaults, 'mount'>> = {
  headers: pairsOf('header', (name, value) => headerName.test(name) && !/[\r\n\0]/.test(value)),
  params: pairsOf('param', () => true),
  cookies: pairsOf('cookie', (name, value) => cookieName.test(name) && !/[;\r\n\0]/.test(value)),
  auth: orNull(readAuth),
  proxies: readProxies,
  verify: (setting) =>
    typeof setting.value === 'boolean' || (isText(setting.value) && setting.value !== '')
      ? setting.value
      : setting.refuse('true, false, or the path of a file with trusted issuers'),
  cert: orNull(readCert),
  timeout: readTimeouts,
  timeouts: readTimeouts,
  maxRedirects: readNumber(0, true),
  redirect: readRedirect,
  retry: orNull(readRetry),
  cookieHeader: readOneOf(['merge', 'replace']),
  trustEnv: readBoolean,
  rawTarget: readBoolean,
};

/** Whether there is a default of that name, as it is written. */
export function isDefaultName(name: string): boolean {
  return name === 'mount' || Object.hasOwn(readers, name);
}

/** RFC 9110 5.1: a field name is a token. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const cookieName = /^[^\s=;\0-\x1F\x7F]+$/;

/** `{ "name": value }` or `[["name", value]]`; a value is a text or a number, a list of those, or null to remove. */
function pairsOf(what: string, isSendable: (name: string, value: string) => boolean): Reader<readonly MergePair[]> {
  return (setting) => {
    const { value } = setting;
    if (!isObject(value) && !isList(value)) return setting.refuse(`an object of names and values`);
    const entries = isObject(value) ? membersOf(value, setting) : listedEntries(value, setting);
    return entries.flatMap(([name, member]): readonly MergePair[] => {
      const read = pairValue(member.value);
      const texts = read === null ? [''] : [read ?? []].flat();
      if (read !== undefined && texts.every((text) => isSendable(name, text))) return [[name, read]];
      member.refuse(`a ${what} that can be sent: a text, a list of texts, or null to leave it out`);
      return [];
    });
  };
}

function listedEntries(list: readonly unknown[], setting: Setting): readonly (readonly [string, Setting])[] {
  return list.flatMap((entry, index): readonly (readonly [string, Setting])[] => {
    const [name, value] = isList(entry) && entry.length === 2 ? entry : [];
    if (isText(name)) return [[name, setting.at(index, value)]];
    setting.at(index, entry).refuse('a pair of a name and a value');
    return [];
  });
}

function pairValue(value: unknown): MergePair[1] | undefined {
  if (value === null || isText(value)) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isList(value)) return undefined;
  const texts = value.map(pairValue);
  return texts.every(isText) ? texts : undefined;
}

/** `{ "https://host/": { … } }`, or a list of `{ prefix, defaults }` as a session is saved. */
const readMounts: Reader<readonly Mount[]> = (setting) => {
  const { value } = setting;
  if (isObject(value)) return membersOf(value, setting).flatMap(([prefix, member]) => readMount(prefix, member));
  if (!isList(value)) return setting.refuse('an object of URL prefixes and their defaults');
  return value.flatMap((entry, index) => {
    const member = setting.at(index, entry);
    if (isObject(entry) && isText(entry['prefix'])) {
      return readMount(entry['prefix'], member.at('defaults', entry['defaults'] ?? {}));
    }
    member.refuse('an object with "prefix" and "defaults"');
    return [];
  });
};

function readMount(prefix: string, setting: Setting): readonly Mount[] {
  if (!isMountPrefix(prefix)) {
    setting.refuse('named by the beginning of a URL, for example https://host/path, or by https:// alone');
    return [];
  }
  const { timeout, ...defaults } = readMembers<Omit<WrittenDefaults, 'mount'>>(setting, readers) ?? {};
  return [{ prefix, defaults: { ...defaults, ...(timeout && { timeouts: timeout }) } }];
}
