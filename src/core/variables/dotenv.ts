import type { EnvironmentSource, ProfileVariable } from './profile.ts';
import { looksSecret } from '../http/secretName.ts';

/**
 * Lines of a `.env` file: `NAME=value`, `export NAME=value`, values in quotes over several lines, `#` comments.
 * Nothing is expanded and nothing is run: `$NAME` and `$(…)` stay as they are, our own placeholders do the replacing.
 */
export function dotenvVariables(source: EnvironmentSource): readonly ProfileVariable[] {
  return [...source.text.matchAll(line)].map((match): ProfileVariable => {
    const [whole, name = '', double, single, backtick, plain = ''] = match;
    const value = double?.replace(/\\([nrt"\\])/g, unescape) ?? single ?? backtick ?? plain;
    const offset = match.index + whole.indexOf(name);
    return { name, value, source: source.path, secret: looksSecret(name), offset };
  });
}

/** A `#` ends a plain value only behind a blank, so that `colour=#fff` and `a#b` keep theirs. */
const line =
  /^[ \t\uFEFF]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|'([^']*)'|`([^`]*)`|((?:(?![ \t]+#|[ \t]*$)[^\r\n])*))/gm;

function unescape(_escape: string, letter: string): string {
  return { n: '\n', r: '\r', t: '\t' }[letter] ?? letter;
}
