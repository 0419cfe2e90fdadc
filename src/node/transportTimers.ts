import type { Socket } from 'node:net';
import type { Failure } from '../core/http/failure.ts';
import type { Timeouts } from '../core/http/transport.ts';
import { stops } from './transportStops.ts';

export interface TimersOptions {
  readonly timeouts: Timeouts;
  /** Shown in the failure. */
  readonly host: string;
  /** Body bytes so far; absent before the head. */
  readonly bodyBytes: () => number | undefined;
  readonly onExpired: (failure: Failure) => void;
}

/** The three limits of one round trip, exact to a millisecond where undici's own are up to a second late. */
export class TransportTimers {
  private readonly options: TimersOptions;
  private connect: NodeJS.Timeout | undefined;
  private read: NodeJS.Timeout | undefined;
  private readonly total: NodeJS.Timeout | undefined;
  private lastActivity = 0;
  private isStopped = false;
  private isHeld = false;

  constructor(options: TimersOptions) {
    this.options = options;
    const { totalMs } = options.timeouts;
    if (totalMs === undefined) return;
    this.total = setTimeout(() => options.onExpired(stops.totalTimeout(options.host, totalMs)), totalMs);
  }

  /** A connection is being opened: the first one starts the clock, name lookup included. */
  connecting(): void {
    const { timeouts, host, onExpired } = this.options;
    const { connectMs } = timeouts;
    if (connectMs === undefined || this.connect || this.isStopped) return;
    this.connect = setTimeout(() => onExpired(stops.connectTimeout(host, connectMs)), connectMs);
  }

  /** The request is about to be written. `socket`: only when nobody else uses it. */
  sending(socket: Socket | undefined): void {
    clearTimeout(this.connect);
    clearTimeout(this.read);
    this.touch();
    const { readMs } = this.options.timeouts;
    if (readMs !== undefined) this.watch(readMs, readMs, socket);
  }

  /** Something moved. Only the time is noted, so a chunk costs no timer. Returns it. */
  touch(): number {
    return (this.lastActivity = performance.now());
  }

  /** This side takes nothing for now: silence is its own. */
  hold(): void {
    this.isHeld = true;
  }

  letGo(): void {
    this.isHeld = false;
    this.touch();
  }

  /** From now on silence is no sign of trouble. */
  allowSilence(): void {
    clearTimeout(this.read);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.connect);
    clearTimeout(this.read);
    clearTimeout(this.total);
  }

  private watch(readMs: number, delay: number, socket: Socket | undefined): void {
    const { host, bodyBytes, onExpired } = this.options;
    const readBefore = socket?.bytesRead;
    this.read = setTimeout(() => {
      const idle = performance.now() - this.lastActivity;
      // A head that trickles in is seen by no handler, only by the socket's counter.
      const trickles = bodyBytes() === undefined && socket?.bytesRead !== readBefore;
      if (trickles || this.isHeld) this.watch(readMs, readMs, socket);
      else if (idle < readMs - 1) this.watch(readMs, readMs - idle, socket);
      else onExpired(stops.readTimeout(host, readMs, bodyBytes()));
    }, delay);
  }
}
