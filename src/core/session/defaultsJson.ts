import type { MergePair } from './merge.ts';
import type { DefaultsPart } from './settings.ts';

/** Session defaults as a person writes them in `"$session"`: what `readDefaults` gives back as they were. */
export function defaultsJson({ mount, ...defaults }: DefaultsPart): Readonly<Record<string, unknown>> {
  const { headers, params, cookies, timeouts, ...others } = defaults;
  return {
    ...(headers && { headers: pairsJson(headers) }),
    ...(params && { params: pairsJson(params) }),
    ...(cookies && { cookies: pairsJson(cookies) }),
    ...(timeouts && { timeout: timeouts }),
    ...others,
    ...(mount && { mount: Object.fromEntries(mount.map((each) => [each.prefix, defaultsJson(each.defaults)])) }),
  };
}

/** An object where every name is there once; a list of pairs keeps the rest. */
function pairsJson(pairs: readonly MergePair[]): unknown {
  const names = new Set(pairs.map(([name]) => name.toLowerCase()));
  return names.size === pairs.length ? Object.fromEntries(pairs) : pairs;
}
