import {
  importsOf,
  loadImports,
  scopeOf,
  withoutQuotes,
  withVariables,
  type Importing,
  type Imports,
} from './imports.ts';
import { requestTargets } from './requestReferences.ts';
import type { OpenedFile, Override, RequestTarget, RunInput } from './run.ts';
import type { Block } from '../syntax/ast.ts';
import { isSendable } from '../syntax/methods.ts';
import { blockTag, isRequestBlock, lineOfRequest, requestId } from '../syntax/query.ts';
import { isRunBlock, runLines, type RunLine } from '../syntax/runLine.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';

/** One request that the `run` lines of a block send. */
export interface RunStep {
  readonly target: RequestTarget;
  /** What the lines that led here give in parentheses, the nearest one last. */
  readonly overrides: readonly Override[];
  /** The line in the block itself. */
  readonly span: Span;
}

/** Everything that the `run` lines of a block send, in order. With a problem nothing of it should be sent. */
export interface RunSteps {
  readonly steps: readonly RunStep[];
  readonly problems: readonly Problem[];
}

/**
 * What a block of `run` lines sends. Whoever must be asked whether a file outside of the root may be read is asked, but not when
 * the block is only looked at (`ahead`).
 */
export async function stepsOfBlock(from: Importing & Pick<RunInput, 'ports'>, ahead = false): Promise<RunSteps> {
  const imports = await (ahead ? loadImports(from, from.ports) : importsOf(from));
  const { steps, problems } = runSteps(from, imports);
  const { start, end } = from.block.span;
  const missing = imports.problems.filter(({ span }) => span.start >= start && span.start < end);
  return { steps, problems: [...missing, ...problems] };
}

/** Follows the `run` lines, also through files and blocks of `run` lines: a name, a file, and what those run themselves. */
export function runSteps(from: Importing, imports: Imports): RunSteps {
  const steps: RunStep[] = [];
  const problems: Problem[] = [];
  const follow = (at: Place): void => {
    for (const line of runLines(at.block)) {
      const span = at.span ?? line.span;
      const scene = { ...from, ...at, overrides: [...at.overrides, ...from.overrides] };
      const overrides = [...at.overrides, ...given(line, scene, imports)];
      const targets = targetsOf(line, at, imports);
      if (typeof targets === 'string') problems.push({ ...problemAt(line, at), message: targets });
      else for (const next of targets) step({ ...next, overrides, span, trail: [...at.trail, nameOf(at)] });
    }
  };
  const step = (place: Place): void => {
    const { document, file, block, overrides, span = block.span } = place;
    if (isRequestBlock(block)) return void steps.push({ target: { document, file, block }, overrides, span });
    const name = nameOf(place);
    if (!place.trail.includes(name)) return follow(place);
    const circle = [...place.trail.slice(place.trail.indexOf(name)), name].join(' → ');
    problems.push({ code: 'request-cycle', severity: 'error', span, message: inCircle(circle) });
  };
  follow({ document: from.document, file: from.file, block: from.block, overrides: [], trail: [] });
  return { steps, problems };
}

/** A block on the way, and how it was reached. */
interface Place extends OpenedFile {
  readonly block: Block;
  readonly overrides: readonly Override[];
  /** Absent in the block that everything begins with. */
  readonly span?: Span;
  readonly trail: readonly string[];
}

type Target = OpenedFile & { readonly block: Block };

/** What one line names, or a sentence why that is nothing. A file that cannot be read is told with the imports. */
function targetsOf(line: RunLine, at: Place, imports: Imports): readonly Target[] | string {
  if (line.isFile) {
    const path = withoutQuotes(line.target).text;
    const opened = imports.fileAt(path, at.file);
    if (!opened) return [];
    const blocks = opened.document.blocks.filter((block) => isRunBlock(block) || isSentWithOthers(block));
    return blocks.length > 0
      ? blocks.map((block) => ({ ...opened, block }))
      : `There is no request to run in "${path}".`;
  }
  const name = line.target.text;
  const [request] = requestTargets(at, imports, name);
  if (request) return [request];
  const named = [at, ...imports.files].flatMap(({ document, file }) => {
    const block = document.blocks.find((each) => isRunBlock(each) && requestId(each) === name);
    return block ? [{ document, file, block }] : [];
  });
  return named.length > 0 ? named.slice(0, 1) : unknownRequest(name);
}

/** As of "Send All": what cannot be sent, and what is disabled, is left out. */
function isSentWithOthers(block: Block): boolean {
  return isRequestBlock(block) && isSendable(block.request.kind) && blockTag(block, 'disabled') === undefined;
}

function given(line: RunLine, from: Importing, imports: Imports): readonly Override[] {
  return line.variables.map(([name, value]) => [
    name,
    withVariables(value, () => scopeOf(from, imports.files)),
    'given by a run line',
  ]);
}

/** The same words as for "# @ref": a quick fix offers the nearest name. */
export function unknownRequest(name: string): string {
  return `No request in this file or one that it imports is called "${name}". Correct the name, or import its file.`;
}

function problemAt(line: RunLine, at: Place): Pick<Problem, 'code' | 'severity' | 'span'> {
  return { code: 'unknown-request', severity: 'error', span: at.span ?? line.target.span };
}

function inCircle(names: string): string {
  return `These "run" lines lead in a circle: ${names}. Take one of them out.`;
}

function nameOf({ document, file, block }: Target): string {
  return `${file.id}:${lineOfRequest(document, block) + 1}`;
}
