/** What came of a response that is shown while it arrives. */
export interface StreamView {
  readonly kind: 'events' | 'text';
  /** The newest pieces, oldest first. */
  readonly pieces: readonly StreamPieceView[];
  /** How many came, those included that are gone. */
  readonly total: number;
  /** The first so many are gone, so that a stream without end has room. */
  readonly dropped: number;
}

/** An event of an event stream, or a part of a text. */
export interface StreamPieceView {
  /** From 1. */
  readonly number: number;
  /** When it was whole: milliseconds since the send began. */
  readonly atMs: number;
  /** Its data; of a comment its words. */
  readonly text: string;
  /** The event's type; absent for a plain message. */
  readonly event?: string;
  readonly id?: string;
  /** What is no event: a comment (servers send them to keep a connection open), the time to wait before reconnecting. */
  readonly aside?: 'comment' | 'retry';
  /** Only the beginning of its text is here. */
  readonly cut?: true;
  /** The stream ended in the middle of it. */
  readonly unfinished?: true;
}

/** What came since the change before. */
export interface StreamChange {
  readonly kind: StreamView['kind'];
  readonly added: readonly StreamPieceView[];
  readonly total: number;
  readonly dropped: number;
  readonly wireBytes: number;
  readonly decodedBytes: number;
}

/** A stream after a change: what was dropped goes, what was added comes. */
export function changedStream(stream: StreamView | undefined, change: StreamChange): StreamView {
  const { kind, added, total, dropped } = change;
  // What was shown whole meanwhile may hold pieces of this change already.
  const known = stream?.total ?? 0;
  const fresh = added.filter(({ number }) => number > known);
  const pieces = [...(stream?.pieces ?? []), ...fresh].filter(({ number }) => number > dropped);
  return { kind, pieces, total, dropped };
}
