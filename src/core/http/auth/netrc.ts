/** A netrc file as it was read. */
export interface NetrcFile {
  /** As it is shown in a warning. */
  readonly path: string;
  readonly text: string;
}

export interface NetrcEntry {
  /** Host in lower case; `undefined` for `default`. */
  readonly host: string | undefined;
  readonly login: string;
  readonly password: string;
}

export type NetrcVerdict =
  | { readonly ok: true; readonly entries: readonly NetrcEntry[] }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Reads a netrc file: tokens between white space, texts in quotes, comments, macros (which are passed over). */
export function parseNetrc(text: string): NetrcVerdict {
  const words = wordsOf(text);
  const entries: { host: string | undefined; login: string; password: string }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Word;
    if (word.unterminated === true) return flaw(word, 'a quote is not closed');
    if (word.text === 'default') entries.push({ host: undefined, login: '', password: '' });
    else if (!keywords.has(word.text)) return flaw(word, notAKeyword);
    else {
      const value = words[(at += 1)];
      if (isMissing(word, value)) return flaw(word, `"${word.text}" has no value`);
      if (word.text === 'machine') entries.push({ host: value.text.toLowerCase(), login: '', password: '' });
      const entry = entries.at(-1);
      if (entry === undefined) return flaw(word, `"${word.text}" stands before the first machine`);
      if (word.text === 'login' || word.text === 'user') entry.login = value.text;
      if (word.text === 'password') entry.password = value.text;
    }
  }
  return { ok: true, entries };
}

/**
 * The entry for a host exactly as named, else `default`. An entry without a login says nothing (SESSION A6).
 * `hostname` is that of the parsed URL that is connected to, so no text of the URL can pass for another host.
 */
export function netrcEntry(entries: readonly NetrcEntry[], hostname: string): NetrcEntry | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  const found = entries.find((entry) => entry.host === host) ?? entries.find((entry) => entry.host === undefined);
  return found?.login === '' ? undefined : found;
}

const keywords: ReadonlySet<string> = new Set(['machine', 'login', 'user', 'password', 'account']);

interface Word {
  readonly text: string;
  readonly line: number;
  readonly quoted?: boolean;
  readonly unterminated?: boolean;
}

/** A value may stand on the next line, but a keyword there begins something new. */
function isMissing(keyword: Word, value: Word | undefined): value is undefined {
  if (value === undefined || value.unterminated === true) return true;
  const isKeyword = keywords.has(value.text) || value.text === 'default';
  return value.line !== keyword.line && isKeyword && value.quoted !== true;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let inMacro = false;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (inMacro) inMacro = line.trim() !== '';
    else {
      const found = lineWords(line, index + 1, words.at(-1));
      const macro = found.findIndex((word) => word.text === 'macdef' && word.quoted !== true);
      // A macro goes on until an empty line (netrc(5)).
      inMacro = macro >= 0;
      words.push(...(macro < 0 ? found : found.slice(0, macro)));
    }
  }
  return words;
}

const piece = /\s*(?:"((?:[^"\\]|\\.)*)("?)|(\S+))/y;

function lineWords(line: string, number: number, before: Word | undefined): Word[] {
  const words: Word[] = [];
  piece.lastIndex = 0;
  for (let match = piece.exec(line); match !== null; match = piece.exec(line)) {
    const [, quoted, closing, plain] = match;
    // A password may begin with a number sign; a comment stands where a keyword would.
    if (plain?.startsWith('#') && !expectsValue(words.at(-1) ?? before)) break;
    if (plain === undefined) {
      const text = (quoted ?? '').replace(/\\(.)/g, '$1');
      words.push({ text, line: number, quoted: true, ...(closing === '' ? { unterminated: true } : {}) });
    } else words.push({ text: plain, line: number });
  }
  return words;
}

function expectsValue(word: Word | undefined): boolean {
  return word !== undefined && word.quoted !== true && keywords.has(word.text);
}

function flaw({ line }: Word, message: string): NetrcVerdict {
  return { ok: false, line, message };
}

/** Without the word: it may be a password. */
const notAKeyword = 'there is a word where "machine", "login" or "password" should stand';
