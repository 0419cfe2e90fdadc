import type { BodyPart, HeaderNode, HttpDocument, RequestNode } from '../../../src/core/syntax/ast.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

/**
 * A document in lines that tests can compare: one for each thing in the tree, for example
 * `request ### Title`, `@name = value`, `POST http://x HTTP/1.1`, `Accept: a`, `text "…"`, `file <@latin1 ./a`, `warning malformed-variable`.
 */
export function outline(text: string): string[] {
  return lines(parse(text));
}

/** The outline without the problems, for tests of structure. */
export function structure(text: string): string[] {
  return outline(text).filter((line) => !/^(error|warning|information|hint) [a-z-]+$/.test(line));
}

function lines(document: HttpDocument): string[] {
  return document.blocks.flatMap((block) => [
    `${block.kind}${block.separator ? ' ###' : ''}${block.title ? ` ${block.title.text}` : ''}`,
    ...block.tags.map((tag) => `tag ${tag.name}${tag.value ? ` ${tag.value.text}` : ''}`),
    ...block.variables.map(({ name, value, lazy }) => `@${name.text} ${lazy ? ':=' : '='} ${value.text}`.trim()),
    ...block.imports.map(({ keyword, target }) => `${keyword} ${target.text}`),
    ...(block.request ? requestLines(block.request) : []),
    ...block.scripts.map(({ kind, isFile, source }) => `${kind}${isFile ? ' file' : ''} ${source.text.trim()}`),
    ...block.outputs.map(({ marker, path }) => `${marker} ${path.text}`),
    ...block.problems.map(({ severity, code }) => `${severity} ${code}`),
  ]);
}

function requestLines(request: RequestNode): string[] {
  const kind = request.kind === 'http' ? '' : `${request.kind}: `;
  const method = request.methodImplicit ? `(${request.method.text})` : request.method.text;
  const version = request.httpVersion ? ` ${request.httpVersion.text}` : '';
  return [
    `${kind}${method} ${request.target.text}${version}`,
    ...request.headers.map(headerLine),
    ...(request.body?.parts.map(partLine) ?? []),
  ];
}

function headerLine({ kind, name, value }: HeaderNode): string {
  return kind === 'field' ? `${name.text}: ${value.text}`.trim() : `${kind} ${value.text}`;
}

function partLine(part: BodyPart): string {
  if (part.kind === 'text') return `text ${JSON.stringify(part.text)}`;
  return `file <${part.substitute ? '@' : ''}${part.encoding ?? ''} ${part.path.text}`;
}
