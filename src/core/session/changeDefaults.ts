import { exactKey, headerKey, type MergePair } from './merge.ts';
import { isDefaultName, readDefaults, type DefaultsReading } from './readDefaults.ts';
import type { DefaultsPart, Mount, SessionDefaults } from './settings.ts';

/** `headers.X-Api: 1`, `timeout: 5000`, `redirect.policy: requests` – one default as a person names it, for all URLs or for those of a mount. */
export interface DefaultChange {
  /** The setting, or a setting and a name in it after the first dot. */
  readonly name: string;
  /** As written: JSON where it is JSON and the setting is none of texts. `undefined` takes the default away. */
  readonly value: string | undefined;
  /** The value came from elsewhere and is a text, whatever it looks like. */
  readonly isText?: boolean;
}

/** Session defaults with one of them changed, or the faults of the new one; the rest is as it was (`session.headers.update(…)`). */
export function changeDefaults(
  defaults: SessionDefaults,
  change: DefaultChange,
  prefix?: string,
): { readonly defaults: SessionDefaults; readonly faults: DefaultsReading['faults'] } {
  const [, setting = '', member] = /^([^.]*)(?:\.(.+))?$/s.exec(change.name) ?? [];
  const before = prefix === undefined ? defaults : (mountOf(defaults, prefix)?.defaults ?? {});
  const reading = readChange(before, setting, member, change);
  if (reading.faults.length > 0) return { defaults, faults: reading.faults };
  const part = change.value === undefined ? without(before, setting, member) : merged(before, reading.defaults, member);
  if (prefix === undefined)
    return { defaults: { ...part, headers: part.headers ?? [], params: part.params ?? [] }, faults: [] };
  const mounted = readDefaults({ mount: { [prefix]: {} } });
  if (mounted.faults.length > 0) return { defaults, faults: mounted.faults };
  return { defaults: withMount(defaults, { prefix, defaults: part }), faults: [] };
}

/** What is taken away needs a name that there is, and no value. */
function readChange(
  before: DefaultsPart,
  setting: string,
  member: string | undefined,
  { value, isText }: DefaultChange,
): DefaultsReading {
  if (value === undefined && isDefaultName(setting)) return { defaults: {}, faults: [] };
  const json = isText ? value : valueOf(setting, value ?? '');
  return readDefaults({
    [setting]: member === undefined ? json : { ...wholeOf(before, setting, member), [member]: json },
  });
}

/** Credentials and certificates are judged whole: a token alone is a bearer's. */
function wholeOf({ auth, cert }: DefaultsPart, setting: string, member: string): object {
  if (setting === 'auth' && member === 'token') return { ...(auth?.origin && { origin: auth.origin }), type: 'bearer' };
  if (setting === 'auth') return auth ?? { type: 'basic' };
  return setting === 'cert' && typeof cert === 'object' && cert !== null ? cert : {};
}

/** Settings whose values are texts even where they look like numbers. */
const textSettings: ReadonlySet<string> = new Set(['headers', 'params', 'cookies', 'auth', 'proxies', 'cert']);

function valueOf(setting: string, value: string): unknown {
  const isJson = textSettings.has(setting) ? /^(?:null|[[{].*)$/s.test(value) : true;
  try {
    return isJson ? JSON.parse(value) : value;
  } catch {
    return value;
  }
}

/** A setting is replaced whole, one member of it alone. */
function merged(before: DefaultsPart, change: DefaultsPart, member: string | undefined): DefaultsPart {
  if (member === undefined) return { ...before, ...change };
  const changed = Object.entries(change).map(([key, value]: [string, unknown]) => {
    const old: unknown = before[key as keyof DefaultsPart];
    if (Array.isArray(value)) return [key, [...pairsWithout(key, old, member), ...(value as MergePair[])]];
    return [key, { ...(typeof old === 'object' ? old : {}), ...(value as object) }];
  });
  return { ...before, ...(Object.fromEntries(changed) as DefaultsPart) };
}

function without(before: DefaultsPart, setting: string, member: string | undefined): DefaultsPart {
  const name = setting === 'timeout' ? 'timeouts' : setting;
  const old: unknown = before[name as keyof DefaultsPart];
  const others = Object.fromEntries(Object.entries(before).filter(([key]) => key !== name));
  if (member === undefined || old === undefined) return others;
  if (Array.isArray(old)) return { ...others, [name]: pairsWithout(name, old, member) };
  const kept = Object.entries(typeof old === 'object' && old !== null ? old : {}).filter(([key]) => key !== member);
  return kept.length === 0 ? others : { ...others, [name]: Object.fromEntries(kept) };
}

function pairsWithout(setting: string, pairs: unknown, name: string): readonly MergePair[] {
  const keyOf = setting === 'headers' ? headerKey : exactKey;
  return ((pairs ?? []) as readonly MergePair[]).filter(([other]) => keyOf(other) !== keyOf(name));
}

function mountOf({ mount = [] }: DefaultsPart, prefix: string): Mount | undefined {
  return mount.find((each) => each.prefix === prefix);
}

/** A mount keeps its place; one without defaults is no mount any more. */
function withMount(defaults: SessionDefaults, changed: Mount): SessionDefaults {
  const { mount = [], ...others } = defaults;
  const isEmpty = Object.values(changed.defaults).every((value) => Array.isArray(value) && value.length === 0);
  const placed = mountOf(defaults, changed.prefix)
    ? mount.map((each) => (each.prefix === changed.prefix ? changed : each))
    : [...mount, changed];
  const kept = isEmpty ? placed.filter((each) => each !== changed) : placed;
  return kept.length === 0 ? others : { ...others, mount: kept };
}
