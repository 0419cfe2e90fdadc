import { spannedText, type SpannedText } from '../text/span.ts';
import { isExplicitRequestLine } from './requestLine.ts';
import { isBlankCode, skipBlanks, skipBlanksBack, type SourceLines } from './sourceLines.ts';

/**
 * Tells separators (C2): at column 0 `###` always separates; indented it does when an explicit request line comes next, else it is a
 * comment. To be asked from the first line to the last.
 */
export function separatorTest(source: SourceLines): (line: number) => boolean {
  const { text } = source;
  const nextRequest = nextSignificantTest(source);
  return (line) => {
    const start = source.start(line);
    const first = text.charCodeAt(start);
    if (first === 35) return text.charCodeAt(start + 1) === 35 && text.charCodeAt(start + 2) === 35;
    if (!isBlankCode(first)) return false;
    const at = source.indent(line);
    if (!text.startsWith('###', at)) return false;
    return isOnlyByteOrderMark(text, start, at) || nextRequest(line + 1);
  };
}

/** The text of `### title`; closing marks as in `### title ###` are cut off, those of `### C#` are not. */
export function separatorTitle(source: SourceLines, line: number): SpannedText | undefined {
  const { text } = source;
  const start = skipMarks(text, source.indent(line));
  const from = skipBlanks(text, start, source.end(line));
  const end = withoutClosingMarks(text, from, skipBlanksBack(text, from, source.end(line)));
  return end > from ? spannedText(text, from, end) : undefined;
}

/** Closing marks may come in groups: `### Delete                    ### #`. */
function withoutClosingMarks(text: string, start: number, end: number): number {
  let last = end;
  for (;;) {
    let at = last;
    while (at > start && text.charCodeAt(at - 1) === 35) at--;
    if (at === last || (at > start && !isBlankCode(text.charCodeAt(at - 1)))) return last;
    last = skipBlanksBack(text, start, at);
  }
}

function skipMarks(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 35) at++;
  return at;
}

function isOnlyByteOrderMark(text: string, start: number, end: number): boolean {
  return start === 0 && end === 1 && text.charCodeAt(0) === 0xfeff;
}

/** Whether the next line that is no blank, comment or variable is a request line. Looks at each line once over all calls. */
function nextSignificantTest(source: SourceLines): (line: number) => boolean {
  let known = { from: 0, at: -1, isRequest: false };
  return (from) => {
    if (from < known.from || from > known.at) {
      let at = from;
      while (at < source.count && isPassedOver(source, at)) at++;
      known = { from, at, isRequest: at < source.count && isExplicitRequestLine(source, at) };
    }
    return known.isRequest;
  };
}

function isPassedOver(source: SourceLines, line: number): boolean {
  return source.isBlank(line) || source.isComment(line) || source.text.charCodeAt(source.indent(line)) === 64;
}
