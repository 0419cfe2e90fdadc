import { capture, capturesOf, type Captured } from './captures.ts';
import type { PreparedRequest } from '../http/transport.ts';
import { importsOf, type Imports } from './imports.ts';
import { furtherProblems, isError, lookAhead } from './neverResolves.ts';
import { prepareRequest, type Preparation } from '../prepare/prepareRequest.ts';
import { namesRequests, Prerequisites, type ChainLink } from './prerequisites.ts';
import { askFirst, askingOnce, type Answer } from './questions.ts';
import { recordedResponse } from './recordResponse.ts';
import type { RunInput, RunResult } from './run.ts';
import { asRunning, type RunningRun } from './runningRuns.ts';
import { createResolver, prepareInput } from './runContext.ts';
import { runResult } from './runResult.ts';
import { type ResponseFile, responseFiles, saveResponse } from './savedResponse.ts';
import type { Exchange } from '../session/exchange.ts';
import { isSendable } from '../syntax/methods.ts';
import { requestId } from '../syntax/query.ts';
import type { Problem } from '../text/problem.ts';
import type { Resolver } from '../variables/resolve.ts';

/**
 * Sends one block, and before it what it needs: prerequisites, scope, questions, resolving, preparing, the send, and what it
 * leaves in the session (ARCHITECTURE 2, stations 5 to 8). Nothing is sent when the block has an error; problems of other
 * blocks do not count. Never throws for trouble in the file or on the net: the result says what came of it.
 */
export async function runBlock(input: RunInput): Promise<RunResult> {
  return runInChain(input, []);
}

function runInChain(given: RunInput, chain: readonly ChainLink[]): Promise<RunResult> {
  return asRunning(given, (entry) => runAs(entry, askingOnce(given), chain));
}

async function runAs(entry: RunningRun, input: RunInput, chain: readonly ChainLink[]): Promise<RunResult> {
  const imports = await importsOf(input);
  const first = new Prerequisites(input, imports, { chain, entry }, runInChain);
  const ready = await readyRequest(input, imports, first);
  const came = {
    problems: ready.problems,
    before: first.results,
    secrets: [...(ready.resolver?.secrets ?? []), ...first.secrets],
  };
  if (first.cancelled) return runResult(input, { ...came, outcome: 'cancelled' });
  if (!ready.request) return runResult(input, { ...came, outcome: 'blocked' });
  return sent(input, ready, came);
}

/** Without a request: the problems say why not. */
type Ready =
  | { readonly problems: readonly Problem[]; readonly request?: undefined; readonly resolver?: Resolver }
  | {
      readonly problems: readonly Problem[];
      readonly request: PreparedRequest;
      readonly preparation: Preparation;
      readonly resolver: Resolver;
      readonly places: readonly ResponseFile[];
    };

async function readyRequest(input: RunInput, imports: Imports, first: Prerequisites): Promise<Ready> {
  const problems: Problem[] = [...input.block.problems, ...furtherProblems(input, imports), ...kindProblems(input)];
  if (problems.some(isError)) return { problems };
  // Nobody should be asked for a password that then goes nowhere, and nothing sent first for what cannot follow.
  if (namesRequests(input.block) || mayAsk(input)) {
    problems.push(...(await lookedAhead(input, imports, first)));
    if (problems.some(isError) || first.cancelled) return { problems };
  }
  const questions = await askFirst(input);
  if ('severity' in questions) return { problems: [...problems, questions] };
  const { preparation, resolver } = await prepared(input, imports, first, questions.answers);
  problems.push(...first.explained(preparation.problems));
  const places = await responseFiles(input, resolver);
  problems.push(...places.problems);
  const { request } = preparation;
  if (!request || first.cancelled) return { problems, resolver };
  problems.push(...(await protectedProblems(input, request)));
  if (problems.some(isError)) return { problems, resolver };
  return { problems, request, preparation, resolver, places: places.files };
}

/** Sends what the block needs as far as one can see that before anybody is asked. Returns what blocks it. */
async function lookedAhead(input: RunInput, imports: Imports, first: Prerequisites): Promise<readonly Problem[]> {
  const look = await lookAhead(input, 'questions', imports);
  const lasting = look.problems.filter((problem) => !first.mayMend(problem));
  if (lasting.length > 0) return lasting;
  const failed = await first.sendNamed();
  if (failed.length > 0 || look.notSent.length === 0) return failed;
  const isSent = await first.sendNeeded(look.notSent, look.problems);
  return first.explained(isSent ? (await lookAhead(input, 'questions', imports)).problems : look.problems);
}

/** Prepares, and again when a response that it refers to had to be fetched first: that may lead to a second one. */
async function prepared(
  input: RunInput,
  imports: Imports,
  first: Prerequisites,
  answers: readonly Answer[],
): Promise<{ preparation: Preparation; resolver: Resolver }> {
  for (;;) {
    const resolver = createResolver(input, answers, 'no', imports);
    const preparation = await prepareRequest(prepareInput(input, resolver, 'no'));
    const { notSent } = resolver;
    if (notSent.length === 0 || !(await first.sendNeeded(notSent, preparation.problems))) {
      return { preparation, resolver };
    }
  }
}

async function sent(
  input: RunInput,
  { request, preparation, resolver, places }: Extract<Ready, { readonly request: PreparedRequest }>,
  came: Pick<RunResult, 'problems' | 'before' | 'secrets'>,
): Promise<RunResult> {
  const { session, signal, onHop, onProgress, onArrival, onWait, bodyStore } = input;
  const name = requestId(input.block);
  input.onPrepared?.(request);
  const exchange = await session.send(request, {
    settings: preparation.settings,
    settingsAt: (url) => preparation.settingsAt(url),
    signal,
    ...(name !== undefined && { requestName: name }),
    ...(onHop && { onHop }),
    ...(onProgress && { onProgress }),
    ...(onArrival && { onArrival }),
    ...(onWait && { onWait }),
    // What is saved is read again: from a store that gives nothing back only its beginning would be there.
    ...(bodyStore && (places.length === 0 || bodyStore.read) && { bodyStore }),
  });
  const captured = await keep(input, exchange, resolver);
  const { saved, problems: ofSaving } = await saveResponse(input, places, exchange);
  return runResult(input, {
    outcome: exchange.outcome,
    problems: [...came.problems, ...captured.problems, ...ofSaving],
    before: came.before,
    exchange,
    captured: captured.values,
    saved,
    secrets: [...new Set([...resolver.secrets, ...came.secrets, ...captured.secrets])],
  });
}

/** A completed exchange of a named request is what references find; captures write session variables. */
async function keep(input: RunInput, exchange: Exchange, resolver: Resolver): Promise<Captured> {
  const nothing: Captured = { values: {}, secrets: [], problems: [] };
  if (exchange.outcome !== 'completed') return nothing;
  const isNamed = requestId(input.block) !== undefined;
  const recorded = isNamed && recordedResponse(input, exchange, 'reference');
  if (recorded) input.session.record(recorded);
  if (capturesOf(input.block).length === 0) return nothing;
  // A capture looks further than a reference, and sees the same where that has all of the body.
  const isAll = recorded && recorded.bodyDropped === undefined;
  const looked = isAll ? recorded : recordedResponse(input, exchange, 'capture');
  return looked ? capture(input, looked, resolver) : nothing;
}

/** What stops this block whatever the variables are. */
function kindProblems({ block }: RunInput): readonly Problem[] {
  const { kind } = block.request;
  if (isSendable(kind) || block.problems.some(isError)) return [];
  const message = `${kind} requests are recognised, but cannot be sent. Send it with a tool that speaks ${kind}.`;
  return [{ code: 'unsupported-request-kind', severity: 'error', span: block.request.line, message }];
}

/** Whether the block may ask something before it is sent; decided by its text, so that most blocks cost nothing here. */
function mayAsk(input: RunInput): boolean {
  const { block, document } = input;
  if (block.tags.some((tag) => tag.name === 'note' || tag.name === 'prompt' || tag.name === 'kulala-prompt'))
    return true;
  if (protectedProfile(input) !== undefined && !isSafe(block.request.method.text)) return true;
  return /\$(?:secret|input|pick|prompt|password)\b/.test(document.text.slice(block.span.start, block.span.end));
}

/** UX "Environment profiles": a protected one asks before anything but GET, HEAD and OPTIONS. */
async function protectedProblems(input: RunInput, { method, url }: PreparedRequest): Promise<readonly Problem[]> {
  const environment = protectedProfile(input);
  if (environment === undefined || isSafe(method)) return [];
  if ((await input.ports.ask({ kind: 'protected', environment, method, url })) === 'yes') return [];
  const message = `The environment "${environment}" is protected and nobody confirmed this ${method}. Confirm it when asked.`;
  return [{ code: 'not-confirmed', severity: 'error', span: input.block.request.line, message }];
}

function protectedProfile({ profiles, environment }: RunInput): string | undefined {
  return profiles.profiles.find((profile) => profile.protected && environment.includes(profile.name))?.name;
}

function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method.toUpperCase());
}
