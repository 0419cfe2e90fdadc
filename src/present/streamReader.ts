import { createParser } from 'eventsource-parser';
import { firstHeader } from '../core/http/headerList.ts';
import { isEventStream, isText, parseMediaType } from '../core/http/mediaType.ts';
import type { ResponseHead } from '../core/http/transport.ts';
import type { StreamView } from '../protocol/streamView.ts';
import { NewestBytes } from './newestBytes.ts';
import { streamLimits, StreamPieces } from './streamPieces.ts';

/** Takes the content of one response as it comes and tells it in pieces, of which it remembers the newest. Times are epoch milliseconds. */
export interface StreamReader {
  feed(bytes: Uint8Array, at: number): void;
  take(): ReturnType<StreamPieces['take']>;
  /** All that is remembered so far. */
  all(): StreamView;
  /** Nothing more will come; what stands open is closed. */
  end(at: number): void;
}

/**
 * A reader for a response whose parts are worth showing before its end: events, and text whose length nobody announced. `undefined` for
 * every other response. `startedAt` is when the send began.
 */
export function createStreamReader(head: ResponseHead, startedAt: number): StreamReader | undefined {
  const mediaType = parseMediaType(firstHeader(head.headers, 'content-type'));
  if (mediaType === undefined) return undefined;
  if (isEventStream(mediaType)) return eventReader(new StreamPieces('events', startedAt));
  const isAnnounced = firstHeader(head.headers, 'content-length') !== undefined;
  if (isAnnounced || !isText(mediaType)) return undefined;
  return textReader(new StreamPieces('text', startedAt), mediaType.parameters.get('charset'));
}

/** Of one event; a longer one is told no further, and stands in the body all the same. */
const longestEvent = 16_000_000;

/** Event streams are UTF-8, whatever a charset says (HTML Standard 9.2.6). */
function eventReader(pieces: StreamPieces): StreamReader {
  const decoder = new TextDecoder();
  let now = 0;
  let isEnding = false;
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: ({ data, event, id }) =>
      pieces.add(now, data, {
        ...(event !== undefined && { event }),
        ...(id !== undefined && { id }),
        ...(isEnding && { unfinished: true as const }),
      }),
    onComment: (comment) => pieces.add(now, comment, { aside: 'comment' }),
    onRetry: (ms) => pieces.add(now, String(ms), { aside: 'retry' }),
    onError: ({ type }) => (isTooLong ||= type === 'max-buffer-size-exceeded'),
  });
  const read = (text: string, at: number): void => {
    now = at;
    if (!isTooLong) parser.feed(text);
  };
  return {
    feed: (bytes, at) => read(decoder.decode(bytes, { stream: true }), at),
    take: () => pieces.take(),
    all: () => pieces.all(),
    end(at) {
      read(decoder.decode(), at);
      isEnding = true;
      // The end of its line and an empty line are what the last event lacks.
      read('\n\n', at);
    },
  };
}

/** Decoded only when somebody looks, and then no more of it than is shown: a text may be a gigabyte long. */
function textReader(pieces: StreamPieces, charset: string | undefined): StreamReader {
  let decoder = decoderFor(charset);
  const waiting = new NewestBytes(streamLimits.characters);
  let last = 0;
  const settle = (): void => {
    const text = decoder.decode(waiting.take(), { stream: true });
    if (text !== '') pieces.add(last, text);
  };
  return {
    feed(bytes, at) {
      last = at;
      if (waiting.add(bytes)) return;
      // The decoder may stand in the middle of a character that now lacks its end.
      decoder = decoderFor(charset);
      pieces.skip();
    },
    take() {
      settle();
      return pieces.take();
    },
    all() {
      settle();
      return pieces.all();
    },
    end: (at) => (last = at),
  };
}

function decoderFor(charset = 'utf-8'): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
