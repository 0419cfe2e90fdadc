import type { RunInput, RunResult } from './run.ts';
import type { Block } from '../syntax/ast.ts';
import { lineOfRequest, requestId } from '../syntax/query.ts';

/** What a run came to; everything that is not said is empty. */
export function runResult(
  input: Pick<RunInput, 'document' | 'file' | 'environment' | 'session'> & { readonly block: Block },
  came: Pick<RunResult, 'outcome' | 'problems'> &
    Partial<Pick<RunResult, 'before' | 'exchange' | 'captured' | 'saved' | 'secrets'>>,
): RunResult {
  const { block, document, file, environment, session } = input;
  return {
    document,
    block,
    file,
    name: requestId(block),
    title: block.title?.text,
    line: lineOfRequest(document, block) + 1,
    environment,
    sessionName: session.key.name,
    outcome: came.outcome,
    problems: came.problems,
    before: came.before ?? [],
    exchange: came.exchange,
    captured: came.captured ?? {},
    saved: came.saved ?? [],
    secrets: came.secrets ?? [],
  };
}
