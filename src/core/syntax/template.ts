import { type Span, type SpannedText, spannedText } from '../text/span.ts';
import { type FunctionArgument, functionArguments } from './functionArguments.ts';

/** `{{…}}` with what stands in it. Spans are offsets in the file when `templatesIn` was told where its text begins. */
export interface Placeholder {
  /** With the braces. */
  readonly span: Span;
  /** Between the braces, trimmed, without the `%` of `{{%name}}`. */
  readonly inner: SpannedText;
  /** `{{%name}}`: the value is percent-encoded. */
  readonly encode: boolean;
  readonly form: PlaceholderForm;
}

/**
 * - `name`: a variable, `{{host}}`; names may hold `-`, `:` and letters of any script.
 * - `path`: has dots or brackets, `{{login.response.body.$.token}}`; may still be a variable with dots in its name (C19).
 * - `function`: `{{$randomInt 1 5}}`.
 * - `expression`: JavaScript of httpYac, or nothing at all; not evaluated (C21).
 */
export type PlaceholderForm =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'path'; readonly path: string; readonly root: string }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly FunctionArgument[] }
  | { readonly kind: 'expression'; readonly source: string };

/**
 * The placeholders of `text` in order; `offset` is where the text begins in the file. Braces that do not pair on one line are literal;
 * of nested braces the innermost pair counts; `}}` inside a quoted argument of a function does not close. Linear.
 */
export function templatesIn(text: string, offset = 0): Placeholder[] {
  const placeholders: Placeholder[] = [];
  let open = text.indexOf('{{');
  while (open !== -1) {
    const found = closeOf(text, open);
    if (found.close !== undefined) placeholders.push(placeholder(text, found.open, found.close, offset));
    open = text.indexOf('{{', found.next);
  }
  return placeholders;
}

/** Reads the inside of a placeholder that is already cut out, for example `login.response.body.token`. */
export function placeholderForm(inner: string, offset = 0): PlaceholderForm {
  if (/^\$[\p{L}_]/u.test(inner)) return functionForm(inner, offset);
  const reference = /^([^{}[\]().,;"'`=+*/<>!&|?]+)\.(response|request)(?=[.[]|$)/.exec(inner);
  if (reference?.[1]) return { kind: 'path', path: inner, root: reference[1] };
  if (isName(inner)) return { kind: 'name', name: inner };
  const root = pathPattern.exec(inner)?.[1];
  return root ? { kind: 'path', path: inner, root } : { kind: 'expression', source: inner };
}

const pathPattern = /^([\p{L}\p{N}_$][\p{L}\p{N}_$:-]*)(?:\.[\p{L}\p{N}_$:*-]+|\.?\[(?:-?\d+|\*|'[^']*'|"[^"]*")\])+$/u;

/** No operators, quotes, brackets or dots; `a-b` is a name, as files have such names and no placeholder subtracts. */
function isName(inner: string): boolean {
  return /^[\p{L}\p{N}_:/@#%~$^-]+$/u.test(inner) && !/^\d+$/.test(inner);
}

function functionForm(inner: string, offset: number): PlaceholderForm {
  const name = /^\$[\p{L}\p{N}_$:-]*(\.[\p{L}\p{N}_$-]+)*/u.exec(inner)?.[0] ?? inner;
  return { kind: 'function', name, args: functionArguments(inner, name.length, offset) };
}

function placeholder(text: string, open: number, close: number, offset: number): Placeholder {
  const first = skipSpace(text, open + 2, close);
  const encode = text.charCodeAt(first) === 37 && first + 1 < close;
  const start = encode ? skipSpace(text, first + 1, close) : first;
  let end = close;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  const inner = shift(spannedText(text, start, end), offset);
  return {
    span: { start: open + offset, end: close + 2 + offset },
    inner,
    encode,
    form: placeholderForm(inner.text, inner.span.start),
  };
}

function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && /\s/.test(text.charAt(at))) at++;
  return at;
}

function shift({ text, span }: SpannedText, offset: number): SpannedText {
  return { text, span: { start: span.start + offset, end: span.end + offset } };
}

interface Close {
  readonly open: number;
  readonly close: number | undefined;
  readonly next: number;
}

/** Walks from `{{` to its `}}`; a later `{{` on the way begins anew. */
function closeOf(text: string, first: number): Close {
  let open = first;
  let isFunction = holdsFunction(text, first);
  for (let at = first + 2; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 && text.charCodeAt(at - 1) === 123) {
      open = at - 1;
      isFunction = holdsFunction(text, open);
    } else if (code === 125 && text.charCodeAt(at + 1) === 125) return { open, close: at, next: at + 2 };
    else if (code === 10 || code === 13) return { open, close: undefined, next: at + 1 };
    else if (isFunction && (code === 34 || code === 39) && beginsArgument(text, at)) at = behindQuote(text, at);
  }
  return { open, close: undefined, next: text.length };
}

/** Quotes count in the arguments of a function only. */
function holdsFunction(text: string, open: number): boolean {
  let start = open + 2;
  while (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9) start++;
  return text.charCodeAt(start) === 36 || text.startsWith('%$', start);
}

/** And only where an argument begins: `don't` has none. */
function beginsArgument(text: string, at: number): boolean {
  return ' \t(,'.includes(text.charAt(at - 1));
}

/** Offset of the closing quote; of the opening one when the line has no other. */
function behindQuote(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return end;
    if (code === 10 || code === 13) break;
  }
  return at;
}
