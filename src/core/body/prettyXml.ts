import { xmlTokens } from './xmlTokens.ts';
import type { XmlToken } from './xmlTokens.ts';

/**
 * Re-indents XML. White space is added only inside elements that hold nothing but elements; text, CDATA and everything below
 * `xml:space="preserve"` stays as it was sent. `undefined` when tags do not match. With `partial` the text may end early.
 */
export function prettyXml(text: string, partial = false): string | undefined {
  const tokens = xmlTokens(text, partial);
  const matched = tokens && matchTags(text, tokens, partial);
  if (tokens === undefined || matched === undefined) return undefined;
  return printed(text, tokens, matched);
}

/** Our choice, as in prettyJson. */
const maxDepth = 500;

interface Element {
  readonly open: number;
  /** True when its content must not be touched. */
  verbatim: boolean;
  children: number;
}

/** For each start tag that is kept verbatim, the index of its end tag (or of the last token). */
type Verbatim = ReadonlyMap<number, number>;

function matchTags(text: string, tokens: readonly XmlToken[], partial: boolean): Verbatim | undefined {
  const stack: Element[] = [];
  const verbatim = new Map<number, number>();
  let elements = 0;
  for (const [index, token] of tokens.entries()) {
    const parent = stack.at(-1);
    if (token.kind === 'close') {
      if (parent === undefined || !sameName(text, tokens[parent.open], token)) return undefined;
      stack.pop();
      if (parent.verbatim || parent.children === 0) verbatim.set(parent.open, index);
      continue;
    }
    if (!accept(text, token, parent)) return undefined;
    if (token.kind === 'open' || token.kind === 'empty') elements++;
    if (token.kind === 'open') stack.push({ open: index, verbatim: preserves(text, token), children: 0 });
    if (stack.length > maxDepth) return undefined;
  }
  if (elements === 0 || (stack.length > 0 && !partial)) return undefined;
  for (const left of stack) if (left.verbatim) verbatim.set(left.open, tokens.length - 1);
  return verbatim;
}

/** Notes what a token means for the element it stands in; false for text outside of the root. */
function accept(text: string, token: XmlToken, parent: Element | undefined): boolean {
  const isText = token.kind === 'cdata' || (token.kind === 'text' && !isBlank(text, token));
  if (parent === undefined) return !isText;
  if (isText) parent.verbatim = true;
  else if (token.kind !== 'text') parent.children++;
  return true;
}

function printed(text: string, tokens: readonly XmlToken[], verbatim: Verbatim): string {
  const lines: string[] = [];
  let depth = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || (token.kind === 'text' && isBlank(text, token))) continue;
    const last = verbatim.get(index);
    if (token.kind === 'close') depth--;
    lines.push('  '.repeat(depth) + text.slice(token.start, tokens[last ?? index]?.end));
    if (last !== undefined) index = last;
    else if (token.kind === 'open') depth++;
  }
  return lines.join('\n');
}

function isBlank(text: string, token: XmlToken): boolean {
  return /^\s*$/.test(text.slice(token.start, token.end));
}

function preserves(text: string, token: XmlToken): boolean {
  return /\sxml:space\s*=\s*["']preserve["']/.test(text.slice(token.start, token.end));
}

function sameName(text: string, open: XmlToken | undefined, close: XmlToken): boolean {
  return open !== undefined && nameOf(text, open.start + 1) === nameOf(text, close.start + 2);
}

function nameOf(text: string, start: number): string {
  let end = start;
  while (end < text.length && !/[\s/>]/.test(text.charAt(end))) end++;
  return text.slice(start, end);
}
