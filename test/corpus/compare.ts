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
  readonly fact: Fact;
  readonly expected: unknown;
  readonly actual: unknown;
}

export type Fact =
  | 'request'
  | 'method'
  | 'methodImplicit'
  | 'target'
  | 'headers'
  | 'hasBody'
  | 'tags'
  | 'name'
  | 'title'
  | 'variables'
  | 'requestCount';

/** How many requests and files agree in all certain facts, differ in one, or have facts that are in doubt. */
export interface Comparison {
  readonly requests: Counts;
  /** The facts of the file as a whole: its variables and how many requests it holds. */
  readonly files: Counts;
  readonly differences: readonly Difference[];
}

export interface Counts {
  readonly agreed: number;
  readonly differing: number;
  readonly uncertain: number;
}

/** All facts that are certain, against what the parser made of the file. */
export function compare(document: HttpDocument, facts: FileFacts): Comparison {
  const blocks = new Map(requestBlocks(document).map((block) => [lineOfRequest(document, block) + 1, block]));
  const certain = facts.requests.filter(({ uncertain }) => uncertain.length === 0);
  const found = certain.map((request) => compareRequest(blocks.get(request.line), request));
  const ofFile = differing(fileFacts(document, facts, blocks.size));
  const isInDoubt = facts.uncertain.length > 0 || !facts.requestCountCertain;
  return {
    requests: {
      agreed: found.filter((each) => each.length === 0).length,
      differing: found.filter((each) => each.length > 0).length,
      uncertain: facts.requests.length - certain.length,
    },
    files: {
      agreed: Number(ofFile.length === 0 && !isInDoubt),
      differing: Number(ofFile.length > 0),
      uncertain: Number(ofFile.length === 0 && isInDoubt),
    },
    differences: [...found.flat(), ...ofFile],
  };
}

type Compared = readonly [fact: Fact, expected: unknown, actual: unknown];

function compareRequest(block: RequestBlock | undefined, facts: RequestFacts): Difference[] {
  const { line } = facts;
  if (!block) return [{ line, fact: 'request', expected: facts.target, actual: undefined }];
  const { request } = block;
  const compared: Compared[] = [
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

function fileFacts(document: HttpDocument, facts: FileFacts, requestCount: number): Compared[] {
  const variables = [...facts.variables, ...facts.variablesInBody].toSorted();
  const compared: Compared[] = [['variables', variables, document.variables.map(({ name }) => name.text).toSorted()]];
  if (facts.requestCountCertain) compared.push(['requestCount', facts.requestCount, requestCount]);
  return compared;
}

function differing(facts: readonly Compared[]): Difference[] {
  return facts.flatMap(([fact, expected, actual]) =>
    isDeepStrictEqual(expected, actual) ? [] : [{ fact, expected, actual }],
  );
}
