import { capture, capturesOf, type Captured } from './captures.ts';
import type { PreparedRequest } from './http/transport.ts';
import { isError, lookAhead } from './neverResolves.ts';
import { prepareRequest, type Preparation } from './prepare/prepareRequest.ts';
import { recordedResponse } from './recordResponse.ts';
import type { RunInput, RunResult } from './run.ts';
import { createResolver, prepareInput, promptsOf, type Answer } from './runContext.ts';
import type { Exchange } from './session/exchange.ts';
import { isSendable } from './syntax/methods.ts';
import { lineOfRequest, requestId } from './syntax/query.ts';
import type { Problem } from './text/problem.ts';
import type { Span } from './text/span.ts';
import { unanswered } from './variables/dynamic.ts';
import type { Resolver } from './variables/resolve.ts';

/**
 * Sends one block: scope, questions, resolving, preparing, the send, and what it leaves in the session (ARCHITECTURE 2,
 * stations 5 to 8). Nothing is sent when the block has an error; problems of other blocks do not count. Never throws for
 * trouble in the file or on the net: the result says what came of it.
 */
export async function runBlock(input: RunInput): Promise<RunResult> {
  const problems: Problem[] = [...input.block.problems, ...ownProblems(input)];
  const end = (outcome: RunResult['outcome'], resolver?: Resolver): RunResult =>
    result(input, { outcome, problems, secrets: resolver?.secrets ?? [] });
  if (problems.some(isError)) return end('blocked');
  // Nobody should be asked for a password that then goes nowhere.
  if (mayAsk(input)) problems.push(...(await lookAhead(input, 'questions')));
  if (problems.some(isError)) return end('blocked');
  const questions = await askFirst(input);
  if (input.signal.aborted) return end('cancelled');
  if ('severity' in questions) problems.push(questions);
  if ('severity' in questions) return end('blocked');
  const resolver = createResolver(input, questions.answers, 'no');
  const preparation = await prepareRequest(prepareInput(input, resolver, 'no'));
  problems.push(...preparation.problems);
  const { request } = preparation;
  if (input.signal.aborted) return end('cancelled', resolver);
  if (!request) return end('blocked', resolver);
  problems.push(...(await protectedProblems(input, request)));
  if (input.signal.aborted) return end('cancelled', resolver);
  if (problems.some(isError)) return end('blocked', resolver);
  return sent(input, request, preparation, resolver, problems);
}

async function sent(
  input: RunInput,
  request: PreparedRequest,
  preparation: Preparation,
  resolver: Resolver,
  problems: readonly Problem[],
): Promise<RunResult> {
  const { session, signal, onHop, onProgress } = input;
  const name = requestId(input.block);
  input.onPrepared?.(request);
  const exchange = await session.send(request, {
    settings: preparation.settings,
    signal,
    ...(name !== undefined && { requestName: name }),
    ...(onHop && { onHop }),
    ...(onProgress && { onProgress }),
  });
  const captured = await keep(input, exchange, resolver);
  return result(input, {
    outcome: exchange.outcome,
    problems: [...problems, ...captured.problems],
    exchange,
    captured: captured.values,
    secrets: [...new Set([...resolver.secrets, ...captured.secrets])],
  });
}

/** A completed exchange of a named request is what references find; captures write session variables. */
async function keep(input: RunInput, exchange: Exchange, resolver: Resolver): Promise<Captured> {
  const nothing: Captured = { values: {}, secrets: [], problems: [] };
  const isNamed = requestId(input.block) !== undefined;
  if (exchange.outcome !== 'completed' || (!isNamed && capturesOf(input.block).length === 0)) return nothing;
  const recorded = recordedResponse(input, exchange);
  if (!recorded) return nothing;
  if (isNamed) input.session.record(recorded);
  return capture(input, recorded, resolver);
}

/** What stops this block whatever the variables are. */
function ownProblems({ block }: RunInput): readonly Problem[] {
  const { kind } = block.request;
  const disabled = block.tags.find((tag) => tag.name === 'disabled');
  if (disabled) {
    return [error('request-disabled', disabled.span, 'This request is disabled. Remove "# @disabled" to send it.')];
  }
  if (isSendable(kind) || block.problems.some(isError)) return [];
  const message = `${kind} requests are recognised, but cannot be sent. Send it with a tool that speaks ${kind}.`;
  return [error('unsupported-request-kind', block.request.line, message)];
}

/** Whether the block may ask something before it is sent; decided by its text, so that most blocks cost nothing here. */
function mayAsk(input: RunInput): boolean {
  const { block, document } = input;
  if (block.tags.some((tag) => tag.name === 'note' || tag.name === 'prompt' || tag.name === 'kulala-prompt'))
    return true;
  if (protectedProfile(input) !== undefined && !isSafe(block.request.method.text)) return true;
  return /\$(?:secret|input|prompt|password)\b/.test(document.text.slice(block.span.start, block.span.end));
}

/** `# @note` and `# @prompt`, in the order they are written; what `--var` gives is not asked for. */
async function askFirst(input: RunInput): Promise<{ readonly answers: readonly Answer[] } | Problem> {
  const { block, ports, overrides } = input;
  for (const note of block.tags.filter((tag) => tag.name === 'note')) {
    const text = note.value?.text ?? 'Send this request?';
    if ((await ports.ask({ kind: 'note', text })) === 'yes') continue;
    return error('not-confirmed', note.span, `Nobody confirmed the note "${text}". Confirm it when asked.`);
  }
  const answers: Answer[] = [];
  for (const prompt of promptsOf(block)) {
    if (overrides.some(([name]) => name === prompt.name) || input.signal.aborted) continue;
    const value = await ports.ask({ kind: 'prompt', ...prompt });
    const tag = block.tags.find((each) => each.value?.text.startsWith(prompt.name));
    if (value === undefined)
      return error('prompt-unanswered', tag?.span ?? block.request.line, unanswered(prompt.name));
    answers.push({ name: prompt.name, value, secret: prompt.secret });
  }
  return { answers };
}

/** UX "Environment profiles": a protected one asks before anything but GET, HEAD and OPTIONS. */
async function protectedProblems(input: RunInput, { method, url }: PreparedRequest): Promise<readonly Problem[]> {
  const environment = protectedProfile(input);
  if (environment === undefined || isSafe(method)) return [];
  if ((await input.ports.ask({ kind: 'protected', environment, method, url })) === 'yes') return [];
  const message = `The environment "${environment}" is protected and nobody confirmed this ${method}. Confirm it when asked.`;
  return [error('not-confirmed', input.block.request.line, message)];
}

function protectedProfile({ profiles, environment }: RunInput): string | undefined {
  return profiles.profiles.find((profile) => profile.protected && environment.includes(profile.name))?.name;
}

function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method.toUpperCase());
}

function result(
  input: RunInput,
  came: Pick<RunResult, 'outcome' | 'problems'> & Partial<Pick<RunResult, 'exchange' | 'captured' | 'secrets'>>,
): RunResult {
  const { block, document, file, environment, session } = input;
  return {
    block,
    file,
    name: requestId(block),
    title: block.title?.text,
    line: lineOfRequest(document, block) + 1,
    environment,
    sessionName: session.key.name,
    outcome: came.outcome,
    problems: came.problems,
    exchange: came.exchange,
    captured: came.captured ?? {},
    secrets: came.secrets ?? [],
  };
}

function error(code: string, span: Span, message: string): Problem {
  return { code, severity: 'error', span, message };
}
