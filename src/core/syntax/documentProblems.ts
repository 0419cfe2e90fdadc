import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { Block } from './ast.ts';
import { bodyMedia } from './bodyMedia.ts';
import { requestId } from './query.ts';
import type { ReadPart } from './block.ts';
import { syntaxProblem } from './syntaxProblem.ts';

/** Problems that need more than one block to be seen, by the index of their block and with the spans that the block was read with. */
export interface DocumentProblems {
  /** Not a file of requests (C37): what is found here is all that is said, and the problems of the blocks are not. */
  readonly isForeign: boolean;
  readonly found: ReadonlyMap<number, readonly Problem[]>;
}

export function documentProblems(text: string, parts: readonly ReadPart[]): DocumentProblems {
  if (!parts.some(({ block }) => block.request)) return { isForeign: true, found: foreignRemark(parts) };
  const found = new Map<number, Problem[]>();
  const add = (index: number, problem: Problem) => found.set(index, [...(found.get(index) ?? []), problem]);
  checkSplits(parts, add);
  parts.forEach(({ prose }, index) => {
    if (prose) add(index, proseProblem(text, parts, index, prose));
  });
  checkNames(parts, add);
  return { isForeign: false, found };
}

type Add = (index: number, problem: Problem) => void;

/** C17: requests that no separator announces. */
function checkSplits(parts: readonly ReadPart[], add: Add): void {
  parts.forEach(({ block }, index) => {
    if (index === 0 || !block.request || block.separator) return;
    add(index, syntaxProblem('request-line-in-body', block.request.line));
  });
}

function proseProblem(text: string, parts: readonly ReadPart[], index: number, prose: Span): Problem {
  const { block, shift = 0 } = parts[index] ?? {};
  const previous = parts[index - 1]?.block;
  // Markdown and other text holds lines `### x` of its own (C2).
  if (block?.separator && !block.request && previous?.request && endsText(previous)) {
    return syntaxProblem('separator-in-body', block.separator);
  }
  const method = wordBeforeUrl.exec(
    text.slice(prose.start + shift, Math.min(prose.end, prose.start + 100) + shift),
  )?.[1];
  return method ? syntaxProblem('invalid-method', prose, method) : syntaxProblem('unknown-text', prose);
}

/** `Fetch https://example.com`: a word where a method belongs. */
const wordBeforeUrl = /^([^\s:]+)[ \t]+https?:\/\/\S/i;

function endsText({ request }: Block): boolean {
  return request?.body !== undefined && bodyMedia(request.headers, request.kind).type.startsWith('text/');
}

/** C37: a file of another format gets one remark, at its first line of text, whatever else was found in it. */
function foreignRemark(parts: readonly ReadPart[]): ReadonlyMap<number, readonly Problem[]> {
  const index = parts.findIndex(({ prose, block }) => prose || block.problems.length > 0);
  const { prose, block } = parts[index] ?? {};
  if (!block) return new Map();
  return new Map([[index, prose ? [syntaxProblem('not-http-format', prose)] : block.problems.slice(0, 1)]]);
}

/** C33: a second request with the same id. */
function checkNames(parts: readonly ReadPart[], add: Add): void {
  const seen = new Set<string>();
  parts.forEach(({ block }, index) => {
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
