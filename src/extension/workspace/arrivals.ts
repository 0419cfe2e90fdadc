import { firstHeader } from '../../core/http/headerList.ts';
import type { Arrival, ResponseHead } from '../../core/http/transport.ts';
import type { ArrivedSoFar } from '../../present/hopView.ts';
import type { StreamReader } from '../../present/present.ts';
import type { StreamChange, StreamView } from '../../protocol/streamView.ts';
import { loadPresent } from '../loadEngine.ts';

/** Our choice: more than the lines of a large screen, and little in a message that is posted again and again. */
const startBytes = 16 * 1024;

/** What has come of the response under way, and the events of those that have ended. */
export class Arrivals {
  readonly #startedAt: number;
  readonly #ended = new Map<number, StreamView>();
  #head: ResponseHead | undefined;
  #reader: StreamReader | undefined;
  #decodedBytes = 0;
  #announcedBytes = 0;
  #start: Uint8Array = new Uint8Array(0);

  /** `startedAt`: epoch milliseconds of the send. */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  add(arrival: Arrival): void {
    if (arrival.kind === 'head') {
      this.#head = arrival.head;
      this.#announcedBytes = Number(firstHeader(arrival.head.headers, 'content-length') ?? 0);
      this.#reader = loadPresent().createStreamReader(arrival.head, this.#startedAt);
      return;
    }
    this.#decodedBytes += arrival.bytes.length;
    const room = startBytes - this.#start.length;
    if (room > 0) this.#start = Buffer.concat([this.#start, arrival.bytes.subarray(0, room)]);
    this.#reader?.feed(arrival.bytes, Date.now());
  }

  /** Whether the response under way is shown while it comes. */
  get isStream(): boolean {
    return this.#reader !== undefined;
  }

  /** The first lines are there, and it will take a while until all of it is. */
  get hasBeginning(): boolean {
    const bytes = Math.max(this.#decodedBytes, this.#announcedBytes);
    return !this.isStream && this.#start.length === startBytes && bytes > loadPresent().textLimits.lastHop;
  }

  soFar(): ArrivedSoFar {
    const start = this.hasBeginning ? { start: this.#start } : {};
    return { head: this.#head, stream: this.#reader?.all(), decodedBytes: this.#decodedBytes, ...start };
  }

  /** What came since the last call. */
  take(wireBytes: number): StreamChange | undefined {
    const taken = this.#reader?.take();
    return taken && { ...taken, wireBytes, decodedBytes: this.#decodedBytes };
  }

  /** The hop has ended: its events are kept with their times; a text is its body. */
  endHop(number: number): void {
    this.#reader?.end(Date.now());
    const stream = this.#reader?.all();
    if (stream?.kind === 'events') this.#ended.set(number, stream);
    this.#head = this.#reader = undefined;
    this.#decodedBytes = this.#announcedBytes = 0;
    this.#start = new Uint8Array(0);
  }

  /** By hop number. */
  streams(): ReadonlyMap<number, StreamView> {
    return this.#ended;
  }
}
