import type { HeaderList } from './headerList.ts';

/** Where a body goes that is too large for memory. Absent: what is beyond `bodyLimit` is counted and not kept. */
export interface BodyStore {
  /** Decoded bytes up to which a body with this head stays in memory alone. */
  memoryLimit(headers: HeaderList): number;
  /** A place for one body, which takes all of it, what is in memory included. Never throws: its trouble is told at the end. */
  open(events: BodyWriterEvents): BodyWriter;
  /** All that was stored, from its beginning. Absent: what goes there does not come back (a pipe). */
  read?(stored: StoredBody): AsyncIterable<Uint8Array>;
}

export interface BodyWriterEvents {
  /** May be written again, after `write` returned false. */
  readonly onDrain: () => void;
  /** Nothing more can be kept (a full disk, a reader that went away): the rest of the body is not worth reading. */
  readonly onTrouble: () => void;
}

export interface BodyWriter {
  /** The chunk is the writer's from now on: it may be empty after this. False: wait for `onDrain`. */
  write(chunk: Uint8Array): boolean;
  /** Resolves when all that was written is where it belongs, or will never be. Never rejects. */
  end(): Promise<StoredBody>;
}

/** A body outside of memory: plain data, that its store knows by its id. */
export interface StoredBody {
  readonly id: string;
  /** Decoded bytes that are there. */
  readonly size: number;
  /** Why the rest is not there, in a sentence with the next step; absent when nothing was lost on the way into the store. */
  readonly trouble?: string;
}
