/**
 * Which of these prefixes is in force for a URL: the longest that matches, and of two that are equally long the first. A
 * prefix that was mounted again is replaced, so its last index counts. `undefined`: none matches (SESSION K1, 0a.8).
 */
export function mountIndex(prefixes: readonly string[], url: string): number | undefined {
  const target = URL.parse(url);
  if (target === null) return undefined;
  let best: string | undefined;
  for (const prefix of prefixes) {
    if (prefix.length > (best?.length ?? -1) && isBelow(target, prefix)) best = prefix;
  }
  return best === undefined ? undefined : prefixes.lastIndexOf(best);
}

/** A prefix is `https://`, or a URL: host, or host and the beginning of a path. */
export function isMountPrefix(prefix: string): boolean {
  return schemeOnly.test(prefix) || (/^https?:\/\//i.test(prefix) && URL.canParse(prefix));
}

const schemeOnly = /^([a-z][a-z0-9+.-]*:)\/\/$/i;

/**
 * Scheme, host and port are compared as those of URLs, so `http://a.test` is no prefix of `http://a.test.evil`; the path
 * by its beginning and without case, as requests does (sessions.py get_adapter).
 */
function isBelow(target: URL, prefix: string): boolean {
  const scheme = schemeOnly.exec(prefix)?.[1];
  if (scheme !== undefined) return target.protocol === scheme.toLowerCase();
  const base = URL.parse(prefix);
  if (base === null || base.protocol !== target.protocol || base.host !== target.host) return false;
  return pathOf(target).startsWith(pathOf(base));
}

function pathOf({ pathname, search }: URL): string {
  return (pathname + search).toLowerCase();
}
