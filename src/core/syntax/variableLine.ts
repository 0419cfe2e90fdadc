import { spannedText } from '../text/span.ts';
import type { VariableNode } from './ast.ts';
import { isBlankCode, skipBlanks, skipBlanksBack, type SourceLines, trimmedText } from './sourceLines.ts';

/** Reads `@name = value` or `@name := value`; `undefined` when the line has no such form, for example `@media print {`. */
export function readVariable(source: SourceLines, line: number): VariableNode | undefined {
  const { text } = source;
  const start = source.indent(line);
  if (text.charCodeAt(start) !== 64) return undefined;
  const end = skipBlanksBack(text, start, source.end(line));
  const nameEnd = skipName(text, start + 1, end);
  const behind = skipBlanks(text, nameEnd, end);
  const lazy = text.charCodeAt(behind) === 58 && text.charCodeAt(behind + 1) === 61;
  const equals = lazy ? behind + 1 : behind;
  if (nameEnd === start + 1 || equals >= end || text.charCodeAt(equals) !== 61) return undefined;
  return {
    name: spannedText(text, start + 1, nameEnd),
    value: trimmedText(text, equals + 1, end),
    lazy,
    span: { start, end },
  };
}

/** Names hold anything but blanks and `=`; the colon of `:=` is no part of them. */
function skipName(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 61 || isBlankCode(code)) break;
    if (code === 58 && text.charCodeAt(at + 1) === 61) break;
    at++;
  }
  return at;
}
