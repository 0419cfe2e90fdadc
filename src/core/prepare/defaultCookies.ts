import { headerValues, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import { mergeParams, type MergePair } from '../session/merge.ts';

/**
 * Header lines with the default cookies in their Cookie line: requests' `cookies=`, which the block's own line wins over by
 * name. They go the way of an explicit Cookie line: to the first origin only, and never into the jar (SESSION 0a.3).
 */
export function withDefaultCookies(headers: HeaderList, cookies: readonly MergePair[]): HeaderList {
  const written = new Set(headerValues(headers, 'cookie').flatMap(cookieNames));
  const added = mergeParams(cookies, [])
    .filter(([name]) => !written.has(name))
    .map(([name, value]) => `${name}=${value}`);
  if (added.length === 0) return headers;
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'cookie');
  const line = headers[at];
  if (line === undefined) return [...headers, ['Cookie', added.join('; ')]];
  return headers.with(at, [line[0], [line[1], ...added].filter((text) => text !== '').join('; ')] satisfies HeaderLine);
}

function cookieNames(line: string): readonly string[] {
  return line.split(';').map((pair) => pair.slice(0, Math.max(pair.indexOf('='), 0)).trim());
}
