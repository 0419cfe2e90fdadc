import { spannedText } from '../text/span.ts';
import type { ScriptNode } from './ast.ts';
import { skipBlanks, type SourceLines, trimmedText } from './sourceLines.ts';

/** A script and the line behind it. */
export interface ReadScript {
  readonly script: ScriptNode;
  readonly next: number;
  readonly closed: boolean;
}

/**
 * Reads `> {% … %}` (`marker` `>`) or `< {% … %}` (`marker` `<`) that starts on `line`. It ends at the line of `%}`, or, when that is
 * missing, where the block ends: a separator at column 0 counts inside scripts too (C2).
 */
export function readInlineScript(
  source: SourceLines,
  line: number,
  limit: number,
  marker: '<' | '>',
): ReadScript | undefined {
  const open = scriptOpening(source, line, marker);
  if (open === undefined) return undefined;
  const limitOffset = source.end(limit - 1);
  const close = source.find('%}', open, limitOffset);
  const last = close === -1 ? limit - 1 : source.map.lineAt(close);
  const script: ScriptNode = {
    kind: marker === '>' ? 'handler' : 'pre-script',
    source: spannedText(source.text, open, close === -1 ? limitOffset : close),
    isFile: false,
    span: { start: source.indent(line), end: source.end(last) },
  };
  return { script, next: last + 1, closed: close !== -1 };
}

/** `> path.js` and `< path.js`: only these endings make a file a script (C15). */
export function readFileScript(source: SourceLines, line: number, marker: '<' | '>'): ScriptNode | undefined {
  const { text } = source;
  const start = source.indent(line);
  if (text[start] !== marker) return undefined;
  const end = source.end(line);
  const from = skipBlanks(text, start + 1, end);
  if (from === start + 1) return undefined;
  const path = trimmedText(text, from, end);
  if (!/\.(js|mjs|cjs|ts|lua)$/i.test(path.text)) return undefined;
  const kind = marker === '>' ? 'handler' : 'pre-script';
  return { kind, source: path, isFile: true, span: { start, end: path.span.end } };
}

/** httpYac's `{{ … }}` over several lines: a line `{{`, `{{+after` or `{{@streaming` without `}}`, down to a line `}}`. */
export function readJsBlock(source: SourceLines, line: number, limit: number): ReadScript | undefined {
  const { text } = source;
  const start = source.indent(line);
  if (text.charCodeAt(start) !== 123 || text.charCodeAt(start + 1) !== 123) return undefined;
  const end = source.end(line);
  if (source.find('}}', start, end) !== -1) return undefined;
  const close = source.findClosingBraces(line + 1, limit);
  if (close === -1) return unclosedJsBlock(source, line, limit);
  const script: ScriptNode = {
    kind: 'js-block',
    source: spannedText(text, start + 2, source.indent(close)),
    isFile: false,
    span: { start, end: source.end(close) },
  };
  return { script, next: close + 1, closed: true };
}

/** Where the source begins behind `> {%`. */
function scriptOpening(source: SourceLines, line: number, marker: '<' | '>'): number | undefined {
  const { text } = source;
  const start = source.indent(line);
  if (text[start] !== marker) return undefined;
  const at = skipBlanks(text, start + 1, source.end(line));
  return text.startsWith('{%', at) ? at + 2 : undefined;
}

/** Without its end a `{{` line is taken for a script only when nothing else can be meant: it holds no name. */
function unclosedJsBlock(source: SourceLines, line: number, limit: number): ReadScript | undefined {
  const start = source.indent(line);
  const first = source.trimmed(line).text;
  if (!/^\{\{(\+\w*|@\w+|#)?$/.test(first)) return undefined;
  const end = source.end(limit - 1);
  const script: ScriptNode = {
    kind: 'js-block',
    source: spannedText(source.text, start + 2, end),
    isFile: false,
    span: { start, end },
  };
  return { script, next: limit, closed: false };
}
