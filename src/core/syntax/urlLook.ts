import { isBlankCode, skipWord } from './sourceLines.ts';

/**
 * Whether the text at `start` begins like a request target, for a line that has no method to prove it (GRAMMAR `reqline`):
 * `scheme://`, `/`, `{{`, `[[`, `localhost`, an IP address, or `name.tld[:port]/`.
 */
export function looksLikeUrl(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start);
  if (code === 47) return true;
  const next = text.charCodeAt(start + 1);
  if ((code === 123 && next === 123) || (code === 91 && next === 91)) return start + 1 < end;
  return hostLike.test(text.slice(start, Math.min(skipWord(text, start, end), start + longestHost)));
}

/** The same for a target behind a method that is not in capitals or not known: a path or a host without a slash will do. */
export function looksLikeTarget(text: string, start: number, end: number): boolean {
  if (looksLikeUrl(text, start, end)) return true;
  const wordEnd = skipWord(text, start, end);
  const word = text.slice(start, Math.min(wordEnd, start + longestHost));
  if (wordEnd < end && !isBlankCode(text.charCodeAt(wordEnd))) return false;
  return /[/?]|\{\{|^\*$/.test(word) || /^[\w-]+(\.[\w-]+)+(:\d+)?$/.test(word) || /^[\w-]+:\d+$/.test(word);
}

/** A host is at most 253 characters (RFC 1035 section 2.3.4); the rest of a long line need not be read to know one. */
const longestHost = 300;

const hostLike =
  /^([a-z][a-z0-9+.-]*:\/\/|localhost(?=$|[:/?#])|\[[0-9a-f:.]+\](?=$|[:/?#])|\d{1,3}(\.\d{1,3}){3}(?=$|[:/?#])|[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*\.\p{L}[\p{L}\p{N}-]+(:\d+)?\/)/iu;
