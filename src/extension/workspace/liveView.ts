import type { PreparedRequest, Transferred } from '../../core/http/transport.ts';
import type { RunInput } from '../../core/run/run.ts';
import { lineOfRequest, requestId } from '../../core/syntax/query.ts';
import { loadPresent } from '../loadEngine.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { Transfer } from '../../present/exchangeView.ts';
import type { Run } from './runs.ts';
import type { Views } from './views.ts';

/** How often a running view is drawn anew while bytes arrive, in milliseconds. */
const progressEvery = 250;

/** Draws a send while it runs: at once when a hop ends, at most every quarter of a second while bytes arrive. */
export class LiveView {
  readonly #run: Run;
  readonly #input: Omit<RunInput, 'signal'>;
  readonly #views: Views;
  readonly #clock: NodeJS.Timeout;
  #prepared: PreparedRequest | undefined;
  #transfer: Transfer | undefined;
  #stopped = false;

  constructor(run: Run, input: Omit<RunInput, 'signal'>, views: Views) {
    this.#run = run;
    this.#input = input;
    this.#views = views;
    this.#clock = setInterval(() => this.draw(), progressEvery);
  }

  prepared(request: PreparedRequest): void {
    this.#prepared = request;
    this.draw();
  }

  hop(hop: Run['hops'][number]): void {
    this.#run.hops.push(hop);
    this.#transfer = undefined;
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

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#clock);
  }

  draw(): void {
    if (!this.#stopped) this.#views.show(this.#view(), this.#run.uri);
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
      secrets: [],
    });
  }
}
