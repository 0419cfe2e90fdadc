import { isDeepStrictEqual } from 'node:util';
import type { HttpDocument, RequestBlock } from '../../src/core/syntax/ast.ts';
import { wireMethod } from '../../src/core/syntax/methods.ts';
import { lineOfRequest, requestBlocks, requestName } from '../../src/core/syntax/query.ts';
import { kebabCase } from '../../src/core/syntax/tagLine.ts';
import type { FileFacts, RequestFacts } from './corpusFiles.ts';

/** One fact that the parser sees otherwise. */
export interface Difference {
  /** From 1; absent for facts of the whole file. */
  readonly line?: number;
  readonly fact: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** All facts that are certain, against what the parser made of the file. */
export function compare(document: HttpDocument, facts: FileFacts): Difference[] {
  const blocks = new Map(requestBlocks(document).map((block) => [lineOfRequest(document, block) + 1, block]));
  const requests = facts.requests.filter(({ uncertain }) => uncertain.length === 0);
  const found = requests.flatMap((request) => compareRequest(blocks.get(request.line), request));
  const fileFacts: [string, unknown, unknown][] = [
    ['variables', variablesOf(facts), document.variables.map(({ name }) => name.text).toSorted()],
  ];
  if (facts.requestCountCertain) fileFacts.push(['requestCount', facts.requestCount, blocks.size]);
  return [...found, ...differing(fileFacts)];
}

function compareRequest(block: RequestBlock | undefined, facts: RequestFacts): Difference[] {
  const { line } = facts;
  if (!block) return [{ line, fact: 'request', expected: facts.target, actual: undefined }];
  const { request } = block;
  const compared: [string, unknown, unknown][] = [
    ['method', facts.method, wireMethod(request)],
    ['methodImplicit', facts.methodImplicit, request.methodImplicit],
    ['target', facts.target, request.target.text],
    ['headers', facts.headers, request.headers.map(({ name }) => name.text)],
    ['hasBody', facts.hasBody, request.body !== undefined],
    ['tags', facts.meta.map(kebabCase).toSorted(), block.tags.map(({ name }) => name).toSorted()],
  ];
  if (!facts.nameUncertain) compared.push(['name', facts.name ?? undefined, requestName(block)]);
  if (!facts.titleUncertain) compared.push(['title', facts.title || undefined, block.title?.text]);
  return differing(compared).map((difference) => ({ line, ...difference }));
}

function differing(facts: readonly (readonly [fact: string, expected: unknown, actual: unknown])[]): Difference[] {
  return facts.flatMap(([fact, expected, actual]) =>
    isDeepStrictEqual(expected, actual) ? [] : [{ fact, expected, actual }],
  );
}

function variablesOf(facts: FileFacts): readonly string[] {
  return [...facts.variables, ...facts.variablesInBody].toSorted();
}
