import type { Arrival, PreparedRequest, Transferred } from '../../core/http/transport.ts';
import type { RetryWait } from '../../core/session/retryWait.ts';
import type { RunInput } from '../../core/run/run.ts';
import { lineOfRequest, requestId } from '../../core/syntax/query.ts';
import { loadPresent } from '../loadEngine.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { Transfer } from '../../present/exchangeView.ts';
import type { StreamView } from '../../protocol/streamView.ts';
import { Arrivals } from './arrivals.ts';
import type { Run } from './runs.ts';
import type { Views } from './views.ts';

/** How often a running view is drawn anew while bytes arrive, and how long a part of a stream waits for others, in milliseconds. */
const progressEvery = 250;
const streamEvery = 60;
/** A flood waits longer: a page that draws hundreds of events at a time must not fall behind. */
const flood = { pieces: 100, every: 500 } as const;

/** Draws a send while it runs: at once when a hop ends, a few times a second while bytes arrive. */
export class LiveView {
  readonly #run: Run;
  readonly #input: Omit<RunInput, 'signal'>;
  readonly #views: Views;
  readonly #clock: NodeJS.Timeout;
  readonly #arrivals: Arrivals;
  #prepared: PreparedRequest | undefined;
  #transfer: Transfer | undefined;
  #waitsUntil: number | undefined;
  #stopped = false;
  #soon: NodeJS.Timeout | undefined;
  #pause: number = streamEvery;
  /** The head of a stream has been shown: from then on only what is new is told. */
  #isTold = false;
  /** The beginning of a large body has been shown. */
  #isBegun = false;

  constructor(run: Run, input: Omit<RunInput, 'signal'>, views: Views) {
    this.#run = run;
    this.#input = input;
    this.#views = views;
    this.#arrivals = new Arrivals(run.startedAt);
    this.#clock = setInterval(() => {
      if (!this.#isTold) this.draw();
    }, progressEvery);
  }

  prepared(request: PreparedRequest): void {
    this.#prepared = request;
    this.draw();
  }

  hop(hop: Run['hops'][number]): void {
    this.#run.hops.push(hop);
    this.#arrivals.endHop(hop.number);
    this.#transfer = this.#waitsUntil = undefined;
    this.#isTold = this.#isBegun = false;
    // Of the last one the finished view tells, in a moment.
    if (hop.decision.kind !== 'stop') this.draw();
  }

  /** Until the next attempt is made there is nothing under way, and its wait can be cut short. */
  waits({ ms }: RetryWait): void {
    this.#waitsUntil = Date.now() + ms;
    this.draw();
  }

  /** The wait is over, for whatever reason. */
  goesOn(): void {
    if (this.#waitsUntil === undefined) return;
    this.#waitsUntil = undefined;
    this.draw();
  }

  progress(progress: Transferred): void {
    // What is on its way to the server is all there: now it is the server's turn.
    if (progress.kind === 'upload' && progress.bytes === progress.expected) return void (this.#transfer = undefined);
    const direction = progress.kind === 'body' ? 'down' : 'up';
    const since = this.#transfer?.direction === direction ? this.#transfer.since : Date.now();
    const bytes = progress.kind === 'body' ? progress.wireBytes : progress.bytes;
    this.#transfer = { direction, bytes, expected: progress.expected, since };
  }

  arrived(arrival: Arrival): void {
    this.#arrivals.add(arrival);
    if (!this.#isBegun && this.#arrivals.hasBeginning) {
      this.#isBegun = true;
      this.draw();
    }
    if (this.#arrivals.isStream) this.#soon ??= setTimeout(() => this.#tell(), this.#pause);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#clock);
    clearTimeout(this.#soon);
  }

  /** Events of the hops that have ended, with their times. */
  streams(): ReadonlyMap<number, StreamView> {
    return this.#arrivals.streams();
  }

  draw(): void {
    if (!this.#stopped) this.#views.show(this.#view(), this.#run.uri);
  }

  /** Once the whole view, because there is a status to show now; then what is new. */
  #tell(): void {
    this.#soon = undefined;
    if (this.#stopped || !this.#arrivals.isStream) return;
    const wireBytes = this.#transfer?.direction === 'down' ? this.#transfer.bytes : 0;
    const change = this.#arrivals.take(wireBytes);
    this.#pause = (change?.added.length ?? 0) > flood.pieces ? flood.every : streamEvery;
    if (!this.#isTold) this.draw();
    else if (change) this.#views.append(this.#run.id, this.#run.hops.length + 1, change);
    this.#isTold = true;
  }

  #view(): ExchangeView {
    const { block, document, environment, session } = this.#input;
    return loadPresent().runningView({
      id: this.#run.id,
      block,
      document,
      title: block.title?.text ?? requestId(block),
      line: lineOfRequest(document, block) + 1,
      environment,
      sessionName: session.key.name,
      startedAt: this.#run.startedAt,
      now: Date.now(),
      prepared: this.#prepared,
      hops: this.#run.hops,
      transfer: this.#transfer,
      arrived: this.#arrivals.soFar(),
      waitsUntil: this.#waitsUntil,
      secrets: [],
    });
  }
}
