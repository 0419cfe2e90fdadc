import { delayProblems } from './delays.ts';
import { loadImports, type Imports } from './imports.ts';
import { prepareRequest } from '../prepare/prepareRequest.ts';
import { prerequisiteProblems } from './prerequisites.ts';
import type { RunInput } from './run.ts';
import { createResolver, prepareInput, type Ahead } from './runContext.ts';
import { responseFiles } from './savedResponse.ts';
import { runLines } from '../syntax/runLine.ts';
import type { Problem } from '../text/problem.ts';
import { unknownEnvironments } from '../variables/chosenEnvironment.ts';

/**
 * Errors that the block will have whatever a run of all blocks of its file brings (`--all`): earlier requests of the file
 * count as sent, questions as answered. Asks nothing and sends nothing. A disabled block has none: it is left out of such a run.
 */
export async function neverResolves(input: RunInput): Promise<readonly Problem[]> {
  if (input.block.tags.some((tag) => tag.name === 'disabled')) return [];
  const { problems } = await lookAhead(input, 'run', await loadImports(input, input.ports));
  return problems.filter((problem) => input.runDependencies !== 'always' || problem.code !== 'request-not-sent');
}

/** Errors that the block has as far as one can tell without asking anybody, and the requests whose responses it lacks. */
export async function lookAhead(
  input: RunInput,
  ahead: Exclude<Ahead, 'no'>,
  imports: Imports,
): Promise<{ readonly problems: readonly Problem[]; readonly notSent: readonly string[] }> {
  const written = [...input.block.problems, ...furtherProblems(input, imports)].filter(isError);
  if (written.length > 0) return { problems: written, notSent: [] };
  const resolver = createResolver(input, [], ahead, imports);
  const { problems } = await prepareRequest(prepareInput(input, resolver, ahead));
  const places = await responseFiles(input, resolver);
  return { problems: [...problems, ...places.problems].filter(isError), notSent: resolver.notSent };
}

/**
 * What can be said about the block beside its syntax, before its placeholders are looked at. An import of another block is not this one's
 * mistake; one that stands above all requests is everybody's, and what lacks then is told where it is used.
 */
export function furtherProblems(input: RunInput, imports: Imports): readonly Problem[] {
  const { document, block, environment, profiles } = input;
  const ofImports = imports.problems.flatMap((problem): readonly Problem[] => {
    const home = document.blocks.find((each) => problem.span.start < each.span.end);
    if (home === block) return [problem];
    // What a `run` line lacks is told when it is followed.
    const isOfRun = home && runLines(home).some(({ target }) => target.span.start === problem.span.start);
    return home?.request || isOfRun ? [] : [{ ...problem, severity: 'warning' }];
  });
  return [
    ...ofImports,
    ...delayProblems(block),
    ...prerequisiteProblems(input, imports),
    ...unknownEnvironments(block, environment, profiles),
  ];
}

export function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}
