import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { Block } from './ast.ts';
import { bodyMedia } from './bodyMedia.ts';
import { requestId } from './query.ts';
import { syntaxProblem } from './syntaxProblem.ts';

/**
 * The blocks with the problems that need more than one block to be seen. `prose` has the first line of stray text of each block that
 * holds such text, by index.
 */
export function withDocumentProblems(
  text: string,
  blocks: readonly Block[],
  prose: ReadonlyMap<number, Span>,
): readonly Block[] {
  if (!blocks.some((block) => block.request)) return asForeignFile(blocks, prose);
  const found = new Map<number, Problem[]>();
  const add = (index: number, problem: Problem) => found.set(index, [...(found.get(index) ?? []), problem]);
  checkSplits(blocks, add);
  for (const [index, span] of prose) add(index, proseProblem(text, blocks, index, span));
  checkNames(blocks, add);
  if (found.size === 0) return blocks;
  return blocks.map((block, index) => {
    const more = found.get(index);
    return more ? { ...block, problems: [...block.problems, ...more] } : block;
  });
}

type Add = (index: number, problem: Problem) => void;

/** C17: requests that no separator announces. */
function checkSplits(blocks: readonly Block[], add: Add): void {
  blocks.forEach((block, index) => {
    if (index === 0 || !block.request || block.separator) return;
    add(index, syntaxProblem('request-line-in-body', block.request.line));
  });
}

function proseProblem(text: string, blocks: readonly Block[], index: number, prose: Span): Problem {
  const block = blocks[index];
  const previous = blocks[index - 1];
  // Markdown and other text holds lines `### x` of its own (C2).
  if (block?.separator && !block.request && previous?.request && endsText(previous)) {
    return syntaxProblem('separator-in-body', block.separator);
  }
  const method = wordBeforeUrl.exec(text.slice(prose.start, Math.min(prose.end, prose.start + 100)))?.[1];
  return method ? syntaxProblem('invalid-method', prose, method) : syntaxProblem('unknown-text', prose);
}

/** `Fetch https://example.com`: a word where a method belongs. */
const wordBeforeUrl = /^([^\s:]+)[ \t]+https?:\/\/\S/i;

function endsText({ request }: Block): boolean {
  return request?.body !== undefined && bodyMedia(request.headers, request.kind).type.startsWith('text/');
}

/** C37: a file of another format gets one remark, at its first line of text, whatever else was found in it. */
function asForeignFile(blocks: readonly Block[], prose: ReadonlyMap<number, Span>): readonly Block[] {
  const found = blocks.findIndex((block, index) => prose.has(index) || block.problems.length > 0);
  if (found === -1) return blocks;
  const span = prose.get(found);
  const only = span ? [syntaxProblem('not-http-format', span)] : (blocks[found]?.problems.slice(0, 1) ?? []);
  return blocks.map((block, index) => ({ ...block, problems: index === found ? only : [] }));
}

/** C33: a second request with the same id. */
function checkNames(blocks: readonly Block[], add: Add): void {
  const seen = new Set<string>();
  blocks.forEach((block, index) => {
    const id = block.request && requestId(block);
    if (id === undefined) return;
    if (seen.has(id)) add(index, syntaxProblem('duplicate-request-name', idSpan(block), id));
    seen.add(id);
  });
}

function idSpan(block: Block): Span {
  const tag = block.tags.find((candidate) => candidate.name === 'name' && candidate.value);
  return tag?.value?.span ?? block.title?.span ?? block.span;
}
