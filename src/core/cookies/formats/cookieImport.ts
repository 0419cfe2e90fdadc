import type { Cookie } from '../cookie.ts';

/** What a cookie file came to: the cookies that could be read, and the lines that could not. */
export interface CookieImport {
  readonly cookies: readonly Cookie[];
  readonly errors: readonly LineError[];
}

export interface LineError {
  /** From 1; absent where the format has no lines. */
  readonly line?: number;
  readonly message: string;
}

/** A cookie file as text, and the cookies that the format cannot hold, with the reason. */
export interface CookieExport {
  readonly text: string;
  readonly leftOut: readonly { readonly cookie: Cookie; readonly reason: string }[];
}

/** Lines of a file in any system's line ends, numbered from 1, without a byte order mark. */
export function numberedLines(text: string): { readonly line: number; readonly text: string }[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  return lines.map((each, index) => ({ line: index + 1, text: each }));
}

/** Creation times apart by microseconds keep the file's order in the Cookie header. */
export function creationAt(now: number, line: number): number {
  return now + line / 1000;
}
