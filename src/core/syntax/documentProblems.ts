import type { Block } from './ast.ts';
import type { DraftedBlock } from './block.ts';
import { bodyMedia } from './bodyMedia.ts';
import { requestId } from './query.ts';
import { syntaxProblem } from './syntaxProblem.ts';

/** Adds the problems that need more than one block to be seen. */
export function checkDocument(drafts: readonly DraftedBlock[]): void {
  const hasRequest = drafts.some((draft) => draft.block.request);
  if (hasRequest) drafts.forEach((draft, index) => checkBlock(draft, drafts[index - 1]?.block));
  else checkForeignFile(drafts);
  checkNames(drafts);
}

function checkBlock(draft: DraftedBlock, previous: Block | undefined): void {
  const { block, prose, problems } = draft;
  if (block.request && !block.separator && previous) {
    problems.push(syntaxProblem('request-line-in-body', block.request.line));
  }
  if (!prose) return;
  if (!block.request && block.separator && previous?.request && endsText(previous)) {
    problems.push(syntaxProblem('separator-in-body', block.separator));
  } else problems.push(syntaxProblem('unknown-text', prose));
}

/** Markdown and other text holds lines `### x` of its own (C2). */
function endsText({ request }: Block): boolean {
  return request?.body !== undefined && bodyMedia(request.headers, request.kind).type.startsWith('text/');
}

/** C37: a file of another format gets one remark, at its first line of text, whatever else was found in it. */
function checkForeignFile(drafts: readonly DraftedBlock[]): void {
  const first = drafts.find((draft) => draft.prose ?? draft.problems.length > 0);
  if (!first) return;
  const only = first.prose ? syntaxProblem('not-http-format', first.prose) : first.problems[0];
  for (const draft of drafts) draft.problems.length = 0;
  if (only) first.problems.push(only);
}

/** C33: a second request with the same id. */
function checkNames(drafts: readonly DraftedBlock[]): void {
  const seen = new Set<string>();
  for (const { block, problems } of drafts) {
    const id = block.request && requestId(block);
    if (id === undefined) continue;
    const tag = block.tags.find((candidate) => candidate.name === 'name');
    const span = tag?.value?.span ?? block.title?.span;
    if (seen.has(id) && span) problems.push(syntaxProblem('duplicate-request-name', span, id));
    seen.add(id);
  }
}
