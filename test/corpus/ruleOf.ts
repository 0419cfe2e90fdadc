import type { Block, HttpDocument, VariableNode } from '../../src/core/syntax/ast.ts';
import { blockAt, lineOfRequest, requestBlocks } from '../../src/core/syntax/query.ts';
import type { Span } from '../../src/core/text/span.ts';
import type { Difference, Fact } from './compare.ts';
import type { FileFacts } from './corpusFiles.ts';

/**
 * The rule of the grammar by which the parser sees a fact otherwise. A rule is named only when what it speaks of stands at that place;
 * `undefined` means that nothing explains the difference, so that somebody has to look.
 */
export function ruleOf(document: HttpDocument, facts: FileFacts, difference: Difference): string | undefined {
  if (difference.fact === 'variables') return variablesRule(document, difference);
  if (difference.fact === 'requestCount') return countRule(document, facts);
  const offset = document.lines.startOf((difference.line ?? 1) - 1);
  const block = blockAt(document, offset);
  return (
    block && (difference.fact === 'request' ? missingRule(document, block, offset) : factRules[difference.fact](block))
  );
}

type Rule = (block: Block) => string | undefined;

const factRules: Readonly<Record<Exclude<Fact, 'request' | 'variables' | 'requestCount'>, Rule>> = {
  method: ({ request }) => (request?.kind === 'http' ? 'C18' : 'section 3: reqline'),
  methodImplicit: ({ request }) => (request?.target.text.startsWith('{{') ? 'C36' : undefined),
  target: (block) => (isContinued(block) ? 'C10' : block.request?.httpVersion && 'section 3: cont'),
  headers: (block) => (isContinued(block) ? 'C10' : (headRule(block) ?? bodyStartRule(block))),
  hasBody: (block) => bodyStartRule(block) ?? behindBodyRule(block),
  tags: ({ tags }) => (tags.length > 0 ? 'C3' : undefined),
  name: ({ tags }) => (tags.some(({ name }) => name === 'name') ? 'C3' : undefined),
  title: ({ separator }) => (separator ? 'C3' : undefined),
};

function isContinued({ request }: Block): boolean {
  return (
    request !== undefined &&
    (request.targetPieces.length > 1 || request.headers.some(({ value }) => /\n|\r/.test(value.text)))
  );
}

function headRule({ request }: Block): string | undefined {
  return request?.headers.some(({ kind }) => kind !== 'field') ? 'C12' : undefined;
}

function bodyStartRule(block: Block): string | undefined {
  return hasProblem(block, 'body-without-blank-line') ? 'C11' : undefined;
}

function behindBodyRule({ outputs, scripts, variables, request }: Block): string | undefined {
  if (outputs.length > 0 || scripts.length > 0) return 'C15';
  return request && variables.some(({ span }) => span.start > request.span.start) ? 'C16' : undefined;
}

/** A line that the facts take for a request. */
function missingRule(document: HttpDocument, block: Block, offset: number): string | undefined {
  if (block.kind === 'response-sample') return 'section 3: response-sample';
  if (block.scripts.some(({ span }) => contains(span, offset))) return 'C15';
  if (block.request?.body && contains(block.request.body.span, offset)) return 'C17';
  if (hasProblem(block, 'request-line-in-head')) return 'C17';
  if (hasProblem(block, 'unknown-text') || document.problems.some(({ code }) => code === 'not-http-format'))
    return 'C37';
  return block.request && contains(block.request.span, offset) ? 'C10' : undefined;
}

/** Requests that only one of the two sees: each must have its reason. */
function countRule(document: HttpDocument, facts: FileFacts): string | undefined {
  const known = new Set(facts.requests.map(({ line }) => line));
  const ours = requestBlocks(document).map((block) => ({ block, line: lineOfRequest(document, block) + 1 }));
  const more = ours.filter(({ line }) => !known.has(line)).map(({ block }) => addedRule(document, block));
  const seen = new Set(ours.map(({ line }) => line));
  const fewer = facts.requests
    .filter(({ line }) => !seen.has(line))
    .map(({ line }) => document.lines.startOf(line - 1))
    .map((offset) => missingRule(document, blockAt(document, offset) as Block, offset));
  return allRules([...more, ...fewer]);
}

function addedRule(document: HttpDocument, block: Block): string | undefined {
  if (!block.separator) return block.span.start > 0 ? 'C17' : undefined;
  if (document.text[block.separator.start] !== '#') return 'C2';
  return block.request?.kind === 'curl' ? 'section 3: reqline' : undefined;
}

function variablesRule(document: HttpDocument, { expected, actual }: Difference): string | undefined {
  const more = without(actual as readonly string[], expected as readonly string[]);
  const fewer = without(expected as readonly string[], actual as readonly string[]);
  return allRules([
    ...more.map((name) => addedVariableRule(document, name)),
    ...fewer.map((name) => missingVariableRule(document, name)),
  ]);
}

/** Where a name is defined more than once, the definition that simple rules overlook explains it. */
function addedVariableRule({ blocks }: HttpDocument, name: string): string | undefined {
  const rules = blocks.flatMap((block) =>
    block.variables
      .filter((variable) => variable.name.text === name)
      .map((variable) => definitionRule(block, variable)),
  );
  return rules.toSorted((a, b) => b.length - a.length || b.localeCompare(a))[0];
}

function definitionRule({ request, separator, span }: Block, variable: VariableNode): string {
  const isBehind = request !== undefined && variable.span.start > request.span.start;
  if (isBehind) return variable.value.text.includes('.response.') ? 'C31' : 'C16';
  return separator === undefined && span.start > 0 ? 'C16, C17' : 'C3';
}

function missingVariableRule({ text, blocks }: HttpDocument, name: string): string | undefined {
  const isMeant = (span: Span) => text.slice(span.start, span.end).includes(`@${name}`);
  if (blocks.some(({ request }) => request?.body && isMeant(request.body.span))) return 'C16';
  if (blocks.some(({ scripts }) => scripts.some(({ span }) => isMeant(span)))) return 'C15';
  return blocks.some(({ kind, span }) => kind === 'response-sample' && isMeant(span))
    ? 'section 3: response-sample'
    : undefined;
}

/** One name may stand in a list more often than in the other. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return names.filter((name) => {
    const at = left.indexOf(name);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

function allRules(rules: readonly (string | undefined)[]): string | undefined {
  if (rules.length === 0 || rules.includes(undefined)) return undefined;
  return [...new Set(rules)].join(', ');
}

function hasProblem({ problems }: Block, code: string): boolean {
  return problems.some((problem) => problem.code === code);
}

function contains({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset < end;
}
