import type { BodyPart, HttpDocument, RequestNode } from '../syntax/ast.ts';
import { wireMethod } from '../syntax/methods.ts';
import { requestId } from '../syntax/query.ts';

/** Whether two documents send the same and say the same about it: all but the places where things stand. */
export function isSameMeaning(a: HttpDocument, b: HttpDocument): boolean {
  return meaning(a) === meaning(b);
}

/** Everything of a document that a send, a run or a reference looks at, as one text. */
function meaning(document: HttpDocument): string {
  return JSON.stringify(
    document.blocks.map((block) => [
      block.kind,
      requestId(block),
      block.separator !== undefined,
      block.tags.map(({ name, value }) => [name, value?.text]),
      block.variables.map(({ name, value, lazy }) => [name.text, value.text, lazy]),
      block.imports.map(({ keyword, target }) => [keyword, target.text]),
      block.scripts.map(({ kind, source, isFile }) => [kind, source.text, isFile]),
      block.outputs.map(({ marker, path }) => [marker, path.text]),
      block.request && requestMeaning(block.request),
      block.problems.map(({ code }) => code),
    ]),
  );
}

function requestMeaning(request: RequestNode): unknown {
  return [
    request.kind,
    wireMethod(request),
    request.methodImplicit,
    request.target.text,
    request.httpVersion?.text,
    request.headers.map(({ kind, name, value }) => [kind, name.text, value.text]),
    request.body?.parts.map(partMeaning),
    request.curl,
  ];
}

function partMeaning(part: BodyPart): unknown {
  return part.kind === 'text' ? part.text : [part.path.text, part.substitute, part.encoding];
}
