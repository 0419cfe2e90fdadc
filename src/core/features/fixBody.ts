import type { HttpDocument } from '../syntax/ast.ts';
import { blockAt } from '../syntax/query.ts';
import { fix, lineEnd, wholeLine, type Fix, type FixInput } from './fix.ts';
import { insertion } from './replacement.ts';

/** Fixes of what is sent: headers and the lines of a form. */
export function bodyFixes({ document, problem }: FixInput): readonly Fix[] {
  switch (problem.code) {
    case 'missing-content-type':
      return [contentType(document, problem.span.start)];
    case 'missing-scheme':
      return scheme(document, problem.span.start);
    case 'host-with-scheme': {
      const host = /^https?:\/\/([^/\s]*)/i.exec(document.text.slice(problem.span.start, problem.span.end))?.[1];
      return host === undefined ? [] : [fix(`Write ${host}`, [{ span: problem.span, text: host }])];
    }
    case 'form-line-break': {
      const line = document.lines.lineAt(problem.span.start);
      return [fix('End the line above with &', [insertion(lineEnd(document, line - 1), '&')])];
    }
    case 'file-not-found':
      return created(document.text.slice(problem.span.start, problem.span.end));
    case 'content-length-mismatch':
      return [
        fix('Remove the header: its value is counted', [{ span: wholeLine(document, problem.span.start), text: '' }]),
      ];
    default:
      return [];
  }
}

/** Beside the file, where a path is looked for first (C29). */
function created(path: string): readonly Fix[] {
  if (path.includes('{{') || /^(?:[\\/~]|[a-z]:)/i.test(path)) return [];
  const creates = path.replaceAll('\\', '/');
  return [{ title: `Create ${path}`, replacements: [], creates, preferred: false }];
}

/** A path needs a host, a host a scheme. */
function scheme(document: HttpDocument, start: number): readonly Fix[] {
  if (document.text.startsWith('/', start)) {
    const end = lineEnd(document, document.lines.lineAt(start));
    return [fix('Add a Host header', [insertion(end, '\nHost: ')])];
  }
  return ['https://', 'http://'].map((text) => fix(`Write ${text}`, [insertion(start, text)], text === 'https://'));
}

/** The header goes below the last line of the head. */
function contentType(document: HttpDocument, offset: number): Fix {
  const request = blockAt(document, offset)?.request;
  const last =
    request?.headers.at(-1)?.span.end ?? request?.httpVersion?.span.end ?? request?.target.span.end ?? offset;
  const at = lineEnd(document, document.lines.lineAt(last));
  return fix('Add Content-Type: application/json', [insertion(at, '\nContent-Type: application/json')]);
}
