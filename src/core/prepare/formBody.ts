import type { SpannedText } from '../text/span.ts';
import type { BodyItem } from './bodyLines.ts';

type Line = Extract<BodyItem, { kind: 'line' }>;

export interface FormText {
  /** Pieces that joined give the body, escapes already made; each knows where it stands. */
  readonly pieces: readonly SpannedText[];
  /** Lines that do not end or begin with `&`: their line break is part of a value. */
  readonly brokenLines: readonly Line[];
}

/**
 * The lines of a form body joined at `&` (C27). In JetBrains' spaced layout (`key = value &`) the blanks around `=` and `&`
 * are layout; in every other one they are part of the values.
 */
export function formText(lines: readonly Line[]): FormText {
  const spaced = lines.every((line) => /^\s*[^\s=]+ = .*?&?\s*$/.test(line.text));
  const pieces: SpannedText[] = [];
  const brokenLines: Line[] = [];
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    const { text, at } = withoutAmpersandBlanks(lines[index - 1], line, next);
    pieces.push(...(spaced ? spacedField(text, at) : escaped(text, at)));
    if (!next || text.endsWith('&') || next.text.trimStart().startsWith('&')) return;
    brokenLines.push(next);
    pieces.push({ text: '\n', span: { start: at + text.length, end: at + text.length } });
  });
  return { pieces, brokenLines };
}

/** Percent-encodes what a form body cannot hold and leaves what is encoded already; a blank becomes `%20`. */
export function encodeForm(text: string): string {
  return text
    .toWellFormed()
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replace(/[^A-Za-z0-9\-._~!#$&'()*+,/:;=?@[\]%]/gu, encodeURIComponent);
}

/** Blanks beside an `&` at the end or the beginning of a line are layout. */
function withoutAmpersandBlanks(
  previous: Line | undefined,
  line: Line,
  next: Line | undefined,
): { text: string; at: number } {
  const joined = previous && (/&\s*$/.test(previous.text) || /^\s*&/.test(line.text));
  const start = joined ? line.text.length - line.text.trimStart().length : 0;
  const text = line.text.slice(start);
  if (!next || !(/&\s*$/.test(text) || /^\s*&/.test(next.text))) return { text, at: line.at + start };
  return { text: text.trimEnd().replace(/\s+&$/, '&'), at: line.at + start };
}

/** `key = value &` → `key=value&`. */
function spacedField(text: string, at: number): readonly SpannedText[] {
  const match = /^(\s*)([^\s=]+)( = )(.*?)(\s*)(&?)\s*$/.exec(text);
  if (!match) return escaped(text, at);
  const [, indent = '', key = '', equals = '', value = '', gap = '', ampersand = ''] = match;
  const keyAt = at + indent.length;
  const valueAt = keyAt + key.length + equals.length;
  const end = valueAt + value.length + gap.length;
  return [
    ...escaped(key, keyAt),
    { text: '=', span: { start: keyAt + key.length + 1, end: keyAt + key.length + 2 } },
    ...escaped(value, valueAt),
    ...(ampersand === '' ? [] : [{ text: '&', span: { start: end, end: end + 1 } }]),
  ];
}

/** JetBrains: `%+`, `%&`, `%=` and `%%` stand for the character itself, which is sent encoded. */
function escaped(text: string, at: number): readonly SpannedText[] {
  const pieces: SpannedText[] = [];
  for (const match of text.matchAll(/%[+&=%]|(?:(?!%[+&=%])[^])+/g)) {
    const span = { start: at + match.index, end: at + match.index + match[0].length };
    const isEscape = /^%[+&=%]$/.test(match[0]);
    pieces.push({ text: isEscape ? encodeURIComponent(match[0].slice(1)) : match[0], span });
  }
  return pieces;
}
