import type { Imports } from './imports.ts';
import { prerequisiteTags, type PrerequisiteTag } from './prerequisiteTags.ts';
import { requestTargets } from './requestReferences.ts';
import type { RequestTarget, RunInput, RunResult } from './run.ts';
import { resultOf, runningRun, type RunningRun } from './runningRuns.ts';
import { runSteps, unknownRequest } from './runSteps.ts';
import type { Block } from '../syntax/ast.ts';
import { requestId } from '../syntax/query.ts';
import { runLines } from '../syntax/runLine.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';

/** A run on the way to the block that somebody asked for: each one sends the next one first. */
export interface ChainLink {
  readonly key: string;
  readonly name: string;
  readonly entry: RunningRun;
}

export type RunInChain = (input: RunInput, chain: readonly ChainLink[]) => Promise<RunResult>;

/** What is sent before a block: requests that its tags name, and those whose responses its placeholders refer to. */
export class Prerequisites {
  /** What was sent or blocked, in order. */
  readonly results: RunResult[] = [];
  /** Runs of somebody else that served this one too: they are told where they were asked for. */
  readonly #shared: RunResult[] = [];
  readonly #input: RunInput;
  readonly #imports: Imports;
  readonly #chain: readonly ChainLink[];
  readonly #run: RunInChain;
  /** Ids of requests that were offered or sent for a reference. */
  readonly #tried = new Set<string>();
  /** Why the last of them did not serve. */
  #failure: Problem | undefined;

  constructor(
    input: RunInput,
    imports: Imports,
    { chain, entry }: { readonly chain: readonly ChainLink[]; readonly entry: RunningRun },
    run: RunInChain,
  ) {
    this.#input = input;
    this.#imports = imports;
    this.#chain = [...chain, { ...linkOf(input), entry }];
    this.#run = run;
  }

  get cancelled(): boolean {
    return this.#input.signal.aborted || this.results.at(-1)?.outcome === 'cancelled';
  }

  /** Texts to mask where this run is shown: a problem may quote what one of them said. */
  get secrets(): readonly string[] {
    return [...this.results, ...this.#shared].flatMap(({ secrets }) => secrets);
  }

  /** `# @ref` sends what has no good response yet, `# @forceRef` and `run` always. The first that fails ends it. */
  async sendNamed(): Promise<readonly Problem[]> {
    for (const { target, ...how } of namedRequests(this.#input, this.#imports)) {
      const trouble = await this.#send(target, how);
      if (trouble) return [trouble];
      if (this.cancelled) return [];
    }
    return [];
  }

  /** Whether a look ahead may leave this problem to what is sent first. */
  mayMend({ code }: Problem): boolean {
    return code === 'request-not-sent' && this.#input.runDependencies !== 'never';
  }

  /**
   * Sends the requests of these ids, each once, after asking when the settings say so; `problems` have the references to them.
   * True when something was sent and nothing failed: then the references have a value.
   */
  async sendNeeded(ids: readonly string[], problems: readonly Problem[]): Promise<boolean> {
    if (this.#input.runDependencies === 'never') return false;
    const before = this.results.length + this.#shared.length;
    for (const id of ids.filter((each) => !this.#tried.has(each))) {
      this.#tried.add(id);
      const [target] = requestTargets(this.#input, this.#imports, id);
      if (!target || !(await this.#mayRun(target, id))) continue;
      const span = problems.find((problem) => isMissing(problem, id))?.span ?? this.#input.block.request.line;
      // Who said yes to the first is not asked about those that it needs itself.
      this.#failure = await this.#send(target, {
        force: true,
        isFresh: false,
        span,
        overrides: [],
        runDependencies: 'always',
      });
      if (this.#failure || this.cancelled) return false;
    }
    return this.results.length + this.#shared.length > before;
  }

  /** The problems of a preparation, with what became of the request that a reference waits for. */
  explained(problems: readonly Problem[]): readonly Problem[] {
    const failure = this.#failure;
    if (!failure) return problems;
    return [...problems.filter(({ code, span }) => code !== 'request-not-sent' || span !== failure.span), failure];
  }

  async #mayRun(target: RequestTarget, name: string): Promise<boolean> {
    // A circle is told and not asked about.
    if (this.#input.runDependencies === 'always' || this.#closesCircle(target)) return true;
    const neededBy = linkOf(this.#input).name;
    return (await this.#input.ports.ask({ kind: 'dependency', name, neededBy })) === 'yes';
  }

  async #send(target: RequestTarget, how: Named): Promise<Problem | undefined> {
    if (this.#closesCircle(target)) return circle(how.span, [...this.#chain, linkOf(target)]);
    const other = await this.#input.otherRun(target);
    if (!how.force && isAnswered(other)) return undefined;
    const overridden = { ...other, overrides: [...how.overrides, ...other.overrides] };
    // Nothing may happen between this look and the run, or two would send at the same moment.
    const running = how.isFresh ? undefined : runningRun(overridden);
    const shared = running && (await this.#sharedWith(running));
    if (shared) return failureOf(shared, how.span);
    const signal = AbortSignal.any([this.#input.signal, other.signal]);
    const runDependencies = how.runDependencies ?? other.runDependencies;
    let result: RunResult | undefined;
    other.onBegin?.();
    try {
      result = await this.#run({ ...overridden, signal, runDependencies }, this.#chain);
    } finally {
      await other.onEnd?.(result);
    }
    this.results.push(result);
    return failureOf(result, how.span);
  }

  /** Two sends at once that need the same send it once. One that was cancelled by its own sender is sent again. */
  async #sharedWith(running: RunningRun): Promise<RunResult | undefined> {
    const own = this.#chain.map(({ entry }) => entry);
    const result = await resultOf(running, own, this.#input.signal);
    if (!result || result.outcome === 'cancelled') return undefined;
    this.#shared.push(result);
    return result;
  }

  #closesCircle(target: RequestTarget): boolean {
    return this.#chain.some(({ key }) => key === linkOf(target).key);
  }
}

/** How a request is sent before another one. */
interface Named {
  /** Also when it has an answer already. */
  readonly force: boolean;
  /** Also when somebody else is just sending it. */
  readonly isFresh: boolean;
  readonly span: Span;
  readonly overrides: RunInput['overrides'];
  /** Absent: as its own settings have it. */
  readonly runDependencies?: RunInput['runDependencies'];
}

/** The requests that tags and `run` lines of the block name, in the order they are written. */
export function namedRequests(input: RunInput, imports: Imports): readonly (Named & { target: RequestTarget })[] {
  const tagged = prerequisiteTags(input.block).flatMap(({ name, force, tag: { span } }) =>
    requestTargets(input, imports, name)
      .slice(0, 1)
      .map((target) => ({ target, force, isFresh: force, span, overrides: [] })),
  );
  const run = runSteps(input, imports).steps.map((step) => ({ ...step, force: true, isFresh: true }));
  return [...tagged, ...run].sort((a, b) => a.span.start - b.span.start);
}

/** Whether the block names requests to be sent before it. */
export function namesRequests(block: Block): boolean {
  return prerequisiteTags(block).length > 0 || runLines(block).length > 0;
}

/** Names in `# @ref` and `run` that no request has, and `run` lines in a circle. */
export function prerequisiteProblems(input: RunInput, imports: Imports): readonly Problem[] {
  const unknown = prerequisiteTags(input.block).filter(({ name }) => requestTargets(input, imports, name).length === 0);
  return [...unknown.map(unknownPrerequisite), ...runSteps(input, imports).problems];
}

function unknownPrerequisite({ name, tag }: PrerequisiteTag): Problem {
  const message =
    name === '' ? `"# @${tag.name}" names no request. Write for example "# @ref login".` : unknownRequest(name);
  return { code: 'unknown-request', severity: 'error', span: tag.value?.span ?? tag.span, message };
}

/** A failed request is no answer: it is sent again with the next one that needs it. */
function isAnswered({ session, file, block }: RunInput): boolean {
  const id = requestId(block);
  const status = id === undefined ? undefined : session.recorded(file.id, id)?.hops.at(-1)?.status;
  return status !== undefined && status < 400;
}

function isMissing({ code, message }: Problem, id: string): boolean {
  return code === 'request-not-sent' && message.includes(`"${id}" has not been sent`);
}

function failureOf(result: RunResult, span: Span): Problem | undefined {
  const why = whyFailed(result);
  if (why === undefined) return undefined;
  const name = result.name ?? 'The request';
  const message = `"${name}" has to be sent first, and ${why} Nothing else was sent; put it right and send again.`;
  return { code: 'prerequisite-failed', severity: 'error', span, message };
}

function whyFailed({ outcome, problems, exchange }: RunResult): string | undefined {
  switch (outcome) {
    case 'blocked':
      return `it is blocked: ${problems.find(({ severity }) => severity === 'error')?.message ?? ''}`;
    case 'failed':
      return `it failed: ${exchange?.failure?.message ?? 'there was no response.'}`;
    case 'cancelled':
      return 'it was cancelled.';
    case 'completed': {
      const response = exchange?.hops.at(-1)?.response;
      const isGood = response !== undefined && response.status < 400;
      return isGood ? undefined : `the answer was ${response?.status ?? 'none'}.`;
    }
  }
}

function circle(span: Span, chain: readonly Omit<ChainLink, 'entry'>[]): Problem {
  const names = chain.slice(chain.findIndex(({ key }) => key === chain.at(-1)?.key)).map(({ name }) => name);
  const message = `These requests need each other: ${names.join(' → ')}. Take one "# @ref" or reference out.`;
  return { code: 'request-cycle', severity: 'error', span, message };
}

function linkOf({ file, block }: RequestTarget): Omit<ChainLink, 'entry'> {
  return {
    key: `${file.id}\n${block.span.start}`,
    name: requestId(block) ?? `${block.request.method.text} ${block.request.target.text}`,
  };
}
