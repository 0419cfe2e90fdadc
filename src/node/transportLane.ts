// The package's entry loads all of fetch, WebSocket, caches and mocks: twice the bundle, and half of the time it takes to load.
import Client from 'undici/lib/dispatcher/client.js';
import { Connection, type ConnectionOptions } from './transportConnection.ts';
import type { WireRequest } from './transportRequest.ts';
import type { Trip } from './transportTrip.ts';

/** A human thinks between two clicks: connections are kept longer than undici's 4 seconds. */
const keepAliveMs = 60_000;

export interface LaneOptions {
  readonly origin: string;
  readonly httpVersion: '1.1' | '2';
  readonly maxHeaderBytes: number | undefined;
  /** The next connection's options, with a number of its own. */
  readonly connection: () => ConnectionOptions;
  /** Told which trip's head is published next on undici's channel. */
  readonly expectHead: (trip: Trip) => void;
  /** Free for another trip. */
  readonly onFree: (lane: Lane) => void;
  /** Not to be used again. */
  readonly onGone: (lane: Lane) => void;
}

/**
 * One undici client and its connection. Over HTTP/1.1 it carries one trip at a time, so every event of the client and its
 * socket belongs to that trip: a Pool or Agent would not say which request a connection was opened for.
 */
export class Lane {
  connection: Connection | undefined;
  private readonly options: LaneOptions;
  private readonly client: Client;
  private readonly trips = new Set<Trip>();
  private isGone = false;

  constructor(options: LaneOptions) {
    this.options = options;
    this.client = new Client(options.origin, {
      allowH2: options.httpVersion === '2',
      connect: (_target, callback) => this.connect(callback as Parameters<Lane['connect']>[0]),
      keepAliveTimeout: keepAliveMs,
      // Own timers: undici's are up to a second late.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(options.maxHeaderBytes !== undefined && { maxHeaderSize: options.maxHeaderBytes }),
    });
    this.client.on('disconnect', () => {
      if (this.trips.size === 0) this.retire();
    });
  }

  get isBusy(): boolean {
    return this.trips.size > 0;
  }

  start(trip: Trip, request: WireRequest): void {
    this.trips.add(trip);
    const options = {
      path: request.path,
      method: request.method,
      headers: request.headers,
      body: request.body as Buffer | null,
      // A HEAD or a GET with a body does not close the connection; `Connection: close` still does.
      reset: false,
      // Constant, because the default is the Host line, and a change of it would drop the connection.
      servername: request.url.hostname,
    };
    if (this.connection?.isOpening) trip.onConnecting();
    this.client.dispatch(options, trip);
  }

  /** The trip is over. After a failure the connection's state is unknown: it is closed, unless others share it. */
  release(trip: Trip, isSound: boolean): void {
    if (!this.trips.delete(trip)) return;
    if (!isSound && this.trips.size === 0) this.retire();
    else if (this.trips.size === 0 && !this.isGone) this.options.onFree(this);
  }

  expectHead(trip: Trip): void {
    this.options.expectHead(trip);
  }

  failAll(end: (trip: Trip) => void): void {
    for (const trip of this.trips) end(trip);
  }

  /** Closes the connection and leaves the pool. */
  retire(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.options.onGone(this);
    this.connection?.discard();
    void this.client.destroy();
  }

  private connect(callback: (error: Error | null, socket: Connection['socket'] | null) => void): void {
    this.connection = new Connection(this.options.connection(), callback);
    for (const trip of this.trips) trip.onConnecting();
  }
}
