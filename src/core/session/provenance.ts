import type { DefaultsLayer, SettingOrigin } from './defaultsLayer.ts';
import { headerKey } from './merge.ts';
import type { DefaultsPart } from './settings.ts';

/** One default in force and where it comes from: what a preview, a hover and the session view show. */
export interface Provenance {
  /** As in `"$session"`: `headers`, `timeout`, `redirect` … */
  readonly setting: string;
  /** Name within a setting that has names: a header, a param, `readMs`. */
  readonly name?: string;
  /** As it was written; `null`: what is weaker is left out. */
  readonly value: unknown;
  readonly origin: SettingOrigin;
  /** Who says something of the same name and is not heard, strongest first. */
  readonly replaced: readonly SettingOrigin[];
}

/** Every default of these layers, weakest first, with who said it; in the order in which they were first said. */
export function provenanceOf(layers: readonly DefaultsLayer[]): readonly Provenance[] {
  const found = new Map<string, Provenance>();
  for (const { origin, defaults } of layers) {
    for (const { setting, name, value } of saidIn(defaults)) {
      const key = JSON.stringify([setting, setting === 'headers' ? headerKey(name ?? '') : name]);
      const weaker = found.get(key);
      const replaced = weaker ? [weaker.origin, ...weaker.replaced] : [];
      found.set(key, { setting, ...(name !== undefined && { name }), value, origin, replaced });
    }
  }
  return [...found.values()];
}

interface Said {
  readonly setting: string;
  readonly name?: string;
  readonly value: unknown;
}

function saidIn(defaults: DefaultsPart): readonly Said[] {
  return Object.entries(defaults).flatMap(([key, value]: [string, unknown]): readonly Said[] => {
    const setting = key === 'timeouts' ? 'timeout' : key;
    if (value === undefined) return [];
    if (pairSettings.has(key)) return saidByName(setting, value as NonNullable<DefaultsPart['headers']>);
    if (!memberSettings.has(key)) return [{ setting, value }];
    const members = Object.entries(value as object);
    return members.map(([name, member]: [string, unknown]) => ({ setting, name, value: member }));
  });
}

const pairSettings: ReadonlySet<string> = new Set(['headers', 'params', 'cookies'] satisfies (keyof DefaultsPart)[]);
/** Settings whose members merge one by one. */
const memberSettings: ReadonlySet<string> = new Set([
  'timeouts',
  'redirect',
  'proxies',
] satisfies (keyof DefaultsPart)[]);

/** A name written several times is one default with several values. */
function saidByName(setting: string, pairs: NonNullable<DefaultsPart['headers']>): readonly Said[] {
  const keyOf = (name: string): string => (setting === 'headers' ? headerKey(name) : name);
  const names = Map.groupBy(pairs, ([name]) => keyOf(name));
  return [...names.values()].map((group) => {
    const last = group.findLastIndex(([, value]) => value === null);
    const values = group.slice(last + 1).flatMap(([, value]) => value ?? []);
    const name = group.at(-1)?.[0] ?? '';
    if (values.length === 0 && last >= 0) return { setting, name, value: null };
    return { setting, name, value: values.length === 1 ? values[0] : values };
  });
}
