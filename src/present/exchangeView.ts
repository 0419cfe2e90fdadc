import type { Cookie } from '../core/cookies/cookie.ts';
import { looksSecret } from '../core/http/secretName.ts';
import type { PreparedRequest } from '../core/http/transport.ts';
import type { RunResult } from '../core/run/run.ts';
import type { Hop } from '../core/session/exchange.ts';
import type { SessionChange } from '../core/session/sessionChange.ts';
import type { Block, HttpDocument, RequestBlock } from '../core/syntax/ast.ts';
import type { Problem } from '../core/text/problem.ts';
import type {
  ExchangeView,
  FailureView,
  HopView,
  ProblemView,
  SessionChangeView,
  TransferView,
} from '../protocol/exchangeView.ts';
import type { StreamView } from '../protocol/streamView.ts';
import { changeWords } from './changeWords.ts';
import { failureView, hopView, pendingHopView, type ArrivedSoFar } from './hopView.ts';
import { createMask, type Mask } from './mask.ts';
import { offers } from './offers.ts';
import { counted } from './timeWords.ts';

export interface ExchangeViewInput {
  /** The same from the first running view to the last finished one. */
  readonly id: string;
  readonly result: RunResult;
  /** The document as it was when the block was sent. */
  readonly document: HttpDocument;
  /** Epoch milliseconds: when Send was clicked, and now. */
  readonly startedAt: number;
  readonly now: number;
  /** Cookies that the session once had and has no more; a 401 offers to send the request that set one. */
  readonly lostCookies?: readonly Cookie[];
  /** What the send did to its session. */
  readonly sessionChange?: SessionChange;
  /** Re-indented bodies by hop number, from the worker (see `pendingPretty`). */
  readonly pretty?: ReadonlyMap<number, string>;
  /** Events with their times by hop number, of bodies that are streams of events. */
  readonly streams?: ReadonlyMap<number, StreamView>;
}

/** What the response view shows of a run that ended, whatever the end. */
export function exchangeView(input: ExchangeViewInput): ExchangeView {
  const { id, result, document } = input;
  const { exchange } = result;
  const mask = createMask(result.secrets);
  const hops = exchange?.hops ?? [];
  const failure = failureOf(result, mask);
  return {
    id,
    state: result.outcome,
    title: titleOf(result, document),
    line: result.line,
    environment: result.environment.join(', '),
    session: result.sessionName,
    startedAt: exchange?.startedAt ?? input.startedAt,
    durationMs: exchange?.durationMs ?? 0,
    ...(failure ? { failure } : {}),
    problems: result.problems.map((problem) => problemView(problem, document, mask)),
    hops: hops.map((hop) => finishedHop(hop, hops, input, mask)),
    warnings: (exchange?.warnings ?? []).map(({ message }) => mask.text(message)),
    captured: Object.entries(result.captured).map(([name, value]) => capturedView(name, value, result)),
    ...(result.saved.length > 0 && { saved: result.saved }),
    ...(input.sessionChange && { sessionChange: changeView(input.sessionChange) }),
    offers: offers(hops, input.lostCookies ?? []),
  };
}

export interface RunningViewInput {
  readonly id: string;
  readonly block: RequestBlock;
  readonly document: HttpDocument;
  readonly title: string | undefined;
  /** Line of the request line, from 1. */
  readonly line: number;
  readonly environment: readonly string[];
  readonly sessionName: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly now: number;
  /** Known from `onPrepared` on; before that the view has no hop to show. */
  readonly prepared: PreparedRequest | undefined;
  readonly hops: readonly Hop[];
  /** The body that moves in the hop under way. */
  readonly transfer?: Transfer | undefined;
  readonly arrived?: ArrivedSoFar | undefined;
  /** Until when it waits for the next attempt, epoch milliseconds. */
  readonly waitsUntil?: number | undefined;
  readonly secrets: readonly string[];
}

/** How far a body has come. */
export interface Transfer {
  readonly direction: 'up' | 'down';
  readonly bytes: number;
  /** All of it, where that is known. */
  readonly expected: number | undefined;
  /** When its first bytes moved, epoch milliseconds. */
  readonly since: number;
}

/** What the response view shows while a send is under way: the hops made, and the one that is being made. */
export function runningView(input: RunningViewInput): ExchangeView {
  const { document, block, hops } = input;
  const mask = createMask(input.secrets);
  const written = writtenText(block, document);
  const scene = { startedAt: input.startedAt, now: input.now, mask, isLast: false };
  const { waitsUntil = 0 } = input;
  const isWaiting = waitsUntil > input.now;
  const done = hops.map((hop) => hopView(hop, { ...scene, asWritten: hop.number === 1 ? written : undefined }));
  return {
    id: input.id,
    state: 'running',
    title: titleOf(input, document),
    line: input.line,
    environment: input.environment.join(', '),
    session: input.sessionName,
    startedAt: input.startedAt,
    durationMs: Math.max(0, input.now - input.startedAt),
    problems: [],
    hops: [...done, ...(isWaiting ? [] : underWay(input, mask, written))],
    warnings: [],
    ...(isWaiting && { waitMs: waitsUntil - input.now }),
    captured: [],
    offers: [],
  };
}

function changeView(change: SessionChange): SessionChangeView {
  const { short, long } = changeWords(change);
  return { short, lines: long, undone: false };
}

function finishedHop(hop: Hop, hops: readonly Hop[], input: ExchangeViewInput, mask: Mask): HopView {
  return hopView(hop, {
    startedAt: input.result.exchange?.startedAt ?? input.startedAt,
    now: input.now,
    mask,
    asWritten: hop.number === 1 ? writtenText(input.result.block, input.document) : undefined,
    isLast: hop === hops.at(-1),
    pretty: input.pretty?.get(hop.number),
    stream: input.streams?.get(hop.number),
  });
}

function underWay(
  { prepared, hops, now, startedAt, transfer, arrived }: RunningViewInput,
  mask: Mask,
  written: string,
): HopView[] {
  const last = hops.at(-1);
  if (last?.decision.kind === 'stop') return [];
  const request = last?.decision.next ?? prepared;
  if (request === undefined) return [];
  const cause: HopView['cause'] = last?.decision.cause ?? 'first';
  const startMs = last ? last.wire.timing.startedAt + last.wire.timing.totalMs - startedAt : 0;
  const place = {
    number: hops.length + 1,
    cause,
    startMs: Math.min(Math.max(0, startMs), now - startedAt),
    wireBytes: transfer?.direction === 'down' ? transfer.bytes : 0,
    ...(transfer && { transfer: transferView(transfer, now) }),
    arrived,
  };
  return [pendingHopView(request, place, { mask, asWritten: last ? undefined : written })];
}

/** A rate over less than a moment says nothing. */
const rateAfterMs = 200;

function transferView({ direction, bytes, expected, since }: Transfer, now: number): TransferView {
  const ms = now - since;
  return {
    direction,
    bytes,
    ...(expected === undefined ? {} : { expected }),
    ...(ms < rateAfterMs ? {} : { perSecond: Math.round((bytes / ms) * 1000) }),
  };
}

function titleOf(named: { title: string | undefined; block: Block }, document: HttpDocument): string {
  if (named.title !== undefined) return named.title;
  const { line } = named.block.request ?? { line: named.block.span };
  return document.text.slice(line.start, line.end).trim();
}

function writtenText({ request, span: whole }: Block, document: HttpDocument): string {
  const { start, end } = request?.span ?? whole;
  return document.text.slice(start, end).replaceAll(/\r\n?/g, '\n').trimEnd();
}

function failureOf({ outcome, exchange, problems }: RunResult, mask: Mask): FailureView | undefined {
  if (exchange?.failure) return failureView(exchange.failure, mask);
  if (outcome !== 'blocked') return undefined;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    code: 'blocked',
    message: `Nothing was sent, because the request has ${counted(Math.max(errors, 1), 'problem')}.`,
    hint: 'Correct what is listed below and send it again.',
  };
}

function problemView({ code, severity, span, message }: Problem, document: HttpDocument, mask: Mask): ProblemView {
  const { line, character } = document.lines.positionAt(span.start);
  return { code, severity, message: mask.text(message), line: line + 1, column: character + 1 };
}

function capturedView(name: string, value: string, { secrets }: RunResult): ExchangeView['captured'][number] {
  return { name, value, secret: looksSecret(name) || secrets.includes(value) };
}
