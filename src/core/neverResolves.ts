import { prepareRequest } from './prepare/prepareRequest.ts';
import type { RunInput } from './run.ts';
import { createResolver, prepareInput, type Ahead } from './runContext.ts';
import type { Problem } from './text/problem.ts';

/**
 * Errors that the block will have whatever a run of all blocks of its file brings (`--all`): earlier requests of the file
 * count as sent, questions as answered. Asks nothing and sends nothing. A disabled block has none: it is left out of such a run.
 */
export async function neverResolves(input: RunInput): Promise<readonly Problem[]> {
  if (input.block.tags.some((tag) => tag.name === 'disabled')) return [];
  return lookAhead(input, 'run');
}

/** Errors that the block has as far as one can tell without asking anybody. */
export async function lookAhead(input: RunInput, ahead: Exclude<Ahead, 'no'>): Promise<readonly Problem[]> {
  const written = input.block.problems.filter(isError);
  if (written.length > 0) return written;
  const resolver = createResolver(input, [], ahead);
  const { problems } = await prepareRequest(prepareInput(input, resolver, ahead));
  return problems.filter(isError);
}

export function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}
