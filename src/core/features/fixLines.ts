import type { HttpDocument } from '../syntax/ast.ts';
import { blockAt } from '../syntax/query.ts';
import type { Span } from '../text/span.ts';
import { fix, lineEnd, lineStart, wholeLine, type Fix, type FixInput } from './fix.ts';
import { insertion } from './replacement.ts';

/** Fixes that put in, take out or comment out whole lines. */
export function lineFixes({ document, problem }: FixInput): readonly Fix[] {
  const { span, code } = problem;
  const start = lineStart(document, span.start);
  switch (code) {
    case 'request-line-in-body':
    case 'request-line-in-head':
      return [fix('Insert ### above', [insertion(start, separator(document, start))])];
    case 'body-without-blank-line':
      return [fix('Insert a blank line', [insertion(start, '\n')])];
    case 'blank-line-before-headers':
      return [fix('Remove the blank line above', [{ span: blankLinesAbove(document, start), text: '' }])];
    case 'malformed-header':
      return [commentOut(start), fix('Insert a blank line: the body begins here', [insertion(start, '\n')], false)];
    case 'unknown-text':
    case 'invalid-method':
    case 'malformed-variable':
      return [commentOut(start)];
    case 'invalid-http-version':
    case 'unsupported-http-version':
    case 'http2-needs-https':
      return [fix('Write HTTP/1.1', [{ span, text: 'HTTP/1.1' }])];
    case 'text-after-curl':
      return [fix('Continue the command', [insertion(lineEnd(document, lineAbove(document, start)), ' \\')])];
    case 'separator-in-body':
      return [fix('Indent the line', [insertion(start, ' ')])];
    case 'unused-variable':
      return [fix('Remove the variable', [{ span: wholeLine(document, span.start), text: '' }])];
    case 'unclosed-script':
      return [fix('Close the script', [insertion(scriptEnd(document, span), closing(problem.message))])];
    case 'content-header-without-body':
      return [fix('Remove the header', [{ span: wholeLine(document, span.start), text: '' }])];
    case 'tag-without-effect':
      return [fix('Remove the tag', [{ span: wholeLine(document, span.start), text: '' }], false)];
    default:
      return [];
  }
}

function commentOut(start: number): Fix {
  return fix('Make it a comment', [insertion(start, '# ')]);
}

/** The last line above that holds anything. */
function lineAbove(document: HttpDocument, start: number): number {
  let line = document.lines.lineAt(start) - 1;
  while (line > 0 && isBlank(document, line)) line--;
  return line;
}

/** A blank line stays between the request above and the mark. */
function separator(document: HttpDocument, start: number): string {
  const above = document.text.slice(0, start);
  return above === '' || /(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)$/.test(above) ? '###\n' : '\n###\n';
}

function blankLinesAbove(document: HttpDocument, start: number): Span {
  let line = document.lines.lineAt(start);
  while (line > 0 && isBlank(document, line - 1)) line--;
  return { start: document.lines.startOf(line), end: start };
}

function isBlank(document: HttpDocument, line: number): boolean {
  return document.text.slice(document.lines.startOf(line), document.lines.startOf(line + 1)).trim() === '';
}

/** Behind the last character of the block that the open script has swallowed. */
function scriptEnd(document: HttpDocument, span: Span): number {
  const end = blockAt(document, span.start)?.span.end ?? document.text.length;
  return end - (/\s*$/.exec(document.text.slice(span.start, end))?.[0].length ?? 0);
}

function closing(message: string): string {
  return message.includes('}}') ? '\n}}' : '\n%}';
}
