import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HeaderList } from '../../src/core/http/headerList.ts';
import { streamLimits } from '../../src/present/streamPieces.ts';
import { createStreamReader, type StreamReader } from '../../src/present/streamReader.ts';
import { changedStream, type StreamView } from '../../src/protocol/streamView.ts';

const encoder = new TextEncoder();

function readerFor(...headers: HeaderList): StreamReader | undefined {
  return createStreamReader({ status: 200, reason: 'OK', httpVersion: '1.1', headers }, 1000);
}

/** What is remembered of an event stream that came in these parts, 10 ms apart, and then ended. */
function check(parts: readonly (string | Uint8Array)[], expected: readonly object[]): void {
  const reader = readerFor(['Content-Type', 'text/event-stream; charset=iso-8859-1'])!;
  let at = 1000;
  for (const part of parts) reader.feed(typeof part === 'string' ? encoder.encode(part) : part, (at += 10));
  reader.end((at += 10));
  assert.deepEqual(reader.all().pieces, expected);
}

describe('events', () => {
  test('come with their type, id and the time of their last byte', () => {
    check(
      ['\ufeffdata: a\n\nid: 7\nevent: tick\nda', 'ta: b\ndata: c\n\n'],
      [
        { number: 1, atMs: 10, text: 'a' },
        { number: 2, atMs: 20, text: 'b\nc', event: 'tick', id: '7' },
      ],
    );
  });
  test('all three ends of line, also split between two parts', () => {
    check(
      ['data: a\r', '\n\r\ndata: b\r\rdata: c\n\n'],
      [
        { number: 1, atMs: 20, text: 'a' },
        { number: 2, atMs: 20, text: 'b' },
        { number: 3, atMs: 20, text: 'c' },
      ],
    );
  });
  test('comments and times to wait are asides', () => {
    check(
      [': still here\n', 'retry: 500\n\n'],
      [
        { number: 1, atMs: 10, text: 'still here', aside: 'comment' },
        { number: 2, atMs: 20, text: '500', aside: 'retry' },
      ],
    );
  });
  test('a character in two parts', () => {
    const bytes = encoder.encode('data: é\n\n');
    check([bytes.subarray(0, 7), bytes.subarray(7)], [{ number: 1, atMs: 20, text: 'é' }]);
  });
  test('one that the end cut off is there and says so', () => {
    check(['event: e\ndata: {"a":'], [{ number: 1, atMs: 20, text: '{"a":', event: 'e', unfinished: true }]);
  });
  test('a long one is cut', () => {
    check(
      ['data: ', 'x'.repeat(streamLimits.piece + 1), '\n\n'],
      [{ number: 1, atMs: 30, text: 'x'.repeat(streamLimits.piece), cut: true }],
    );
  });
});

test('changes put together are what is remembered, and the oldest go when there are too many', () => {
  const reader = readerFor(['content-type', 'text/event-stream'])!;
  assert.equal(reader.take(), undefined);
  let view: StreamView | undefined;
  for (let number = 1; number <= streamLimits.pieces + 50; number++) {
    reader.feed(encoder.encode(`data: ${number}\n\n`), 1000 + number);
    if (number % 80 === 0) view = changedStream(view, { ...reader.take()!, wireBytes: 0, decodedBytes: 0 });
  }
  view = changedStream(view, { ...reader.take()!, wireBytes: 0, decodedBytes: 0 });
  assert.deepEqual(view, reader.all());
  assert.deepEqual([view.total, view.dropped, view.pieces[0]?.text], [1050, 50, '51']);
  assert.equal(reader.take(), undefined);
});

test('memory is bounded by characters too', () => {
  const reader = readerFor(['content-type', 'text/event-stream'])!;
  const event = encoder.encode(`data: ${'x'.repeat(streamLimits.piece)}\n\n`);
  for (let count = 0; count < 100; count++) reader.feed(event, 1000);
  const { pieces, total, dropped } = reader.all();
  assert.equal(pieces.length, Math.floor(streamLimits.characters / streamLimits.piece));
  assert.deepEqual([total, dropped], [100, 100 - pieces.length]);
});

describe('text', () => {
  test('of unknown length is told as it comes, one piece a look, in its charset', () => {
    const reader = readerFor(['Content-Type', 'text/plain; charset=iso-8859-1'])!;
    reader.feed(Uint8Array.from([0x61, 0xe9]), 1010);
    reader.feed(encoder.encode('b'), 1020);
    assert.deepEqual(reader.take()?.added, [{ number: 1, atMs: 20, text: 'aéb' }]);
    reader.feed(encoder.encode('c'), 1030);
    assert.deepEqual(reader.all(), {
      kind: 'text',
      pieces: [
        { number: 1, atMs: 20, text: 'aéb' },
        { number: 2, atMs: 30, text: 'c' },
      ],
      total: 2,
      dropped: 0,
    });
  });
  test('that comes faster than anybody looks is not even decoded', () => {
    const reader = readerFor(['Content-Type', 'application/x-ndjson'])!;
    const part = encoder.encode('x'.repeat(streamLimits.characters / 2));
    for (let count = 0; count < 5; count++) reader.feed(part, 1000);
    const { pieces, dropped } = reader.all();
    assert.deepEqual([pieces.length, pieces[0]?.text.length, dropped], [1, streamLimits.characters, 3]);
  });
  test('with an announced length, and what is no text, is not told', () => {
    assert.equal(readerFor(['Content-Type', 'text/plain'], ['Content-Length', '5']), undefined);
    assert.equal(readerFor(['Content-Type', 'image/png']), undefined);
    assert.equal(readerFor(), undefined);
    assert.ok(readerFor(['Content-Type', 'application/json']));
    assert.ok(readerFor(['Content-Type', 'text/event-stream'], ['Content-Length', '5']));
  });
});
