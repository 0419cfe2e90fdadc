import type { HeaderLine, HeaderList } from '../http/headerList.ts';

/** One named value of a setting that merges by name: `null` removes the name, a list repeats it. */
export type MergePair = readonly [name: string, value: string | null | readonly string[]];

/**
 * Session headers with the request's laid over them: names compare without case, the request's spelling is sent at the
 * place the session's line had, and every line the request writes twice stays twice.
 * `null` on either side removes the name. Neither argument is changed.
 */
export function mergeHeaders(sessionHeaders: readonly MergePair[], requestHeaders: readonly MergePair[]): HeaderList {
  return mergePairs(sessionHeaders, requestHeaders, headerKey);
}

/** As `mergeHeaders`, but parameter names are case-sensitive. */
export function mergeParams(sessionParams: readonly MergePair[], requestParams: readonly MergePair[]): HeaderList {
  return mergePairs(sessionParams, requestParams, exactKey);
}

/** Header names compare without case. */
export function headerKey(name: string): string {
  return name.toLowerCase();
}

/** Names of params and cookies are what they are. */
export function exactKey(name: string): string {
  return name;
}

/**
 * Two sets of one setting as one, for a third to be laid over it: every name that `strong` has takes the place of the
 * weaker lines of that name, and a `null` stays, because it may remove something weaker still.
 */
export function overlayPairs<Pair extends readonly [name: string, ...rest: unknown[]]>(
  weak: readonly Pair[],
  strong: readonly Pair[],
  keyOf: (name: string) => string,
): readonly Pair[] {
  if (strong.length === 0) return weak;
  const groups = Map.groupBy(strong, ([name]) => keyOf(name));
  const placed = new Set<string>();
  const kept = weak.flatMap((pair): readonly Pair[] => {
    const key = keyOf(pair[0]);
    const group = groups.get(key);
    if (group === undefined) return [pair];
    if (placed.has(key)) return [];
    placed.add(key);
    return group;
  });
  return [...kept, ...strong.filter(([name]) => !placed.has(keyOf(name)))];
}

/**
 * Adds params after the query that stands and before the fragment, in order, as `application/x-www-form-urlencoded`.
 * Nothing else of the URL is touched, so it may still be as written.
 */
export function appendParams(url: string, params: readonly (readonly [name: string, value: string])[]): string {
  if (params.length === 0) return url;
  const [, beforeFragment = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  const question = beforeFragment.indexOf('?');
  const separator = question < 0 ? '?' : beforeFragment.endsWith('?') ? '' : '&';
  return beforeFragment + separator + formEncode(params) + fragment;
}

/** The WHATWG form encoding, with `~` left alone: RFC 3986 2.3 calls it unreserved, and requests sends it as it is. */
export function formEncode(pairs: readonly (readonly [name: string, value: string])[]): string {
  const search = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]));
  return search.toString().replaceAll('%7E', '~');
}

/**
 * requests' `merge_setting` for one setting of any type: two mappings merge by key and `null` removes a key; anything
 * else of the request (a list, a string, `false`, an empty list) replaces the session's value whole.
 */
export function mergeSetting(session: unknown, request: unknown): unknown {
  if (isAbsent(session)) return request;
  if (isAbsent(request)) return session;
  if (!isMapping(session) || !isMapping(request)) return request;
  const merged = { ...session, ...request };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => !isAbsent(value)));
}

function mergePairs(
  session: readonly MergePair[],
  request: readonly MergePair[],
  keyOf: (name: string) => string,
): HeaderLine[] {
  return survivors(overlayPairs(session, request, keyOf), keyOf);
}

/** Lines in the order written, without those that a later `null` of the same name takes away. */
function survivors(pairs: readonly MergePair[], keyOf: (name: string) => string): HeaderLine[] {
  const removedAt = new Map<string, number>();
  pairs.forEach(([name, value], index) => value === null && removedAt.set(keyOf(name), index));
  return pairs.flatMap((pair, index) => (index > (removedAt.get(keyOf(pair[0])) ?? -1) ? linesOf(pair) : []));
}

function linesOf([name, value]: MergePair): HeaderLine[] {
  if (value === null) return [];
  return typeof value === 'string' ? [[name, value]] : value.map((item): HeaderLine => [name, item]);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
