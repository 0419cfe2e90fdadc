import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { numberFromQuery, sendJson, type DemoCall } from './demoCall.ts';
import type { DemoRoute } from './demoRoute.ts';

export const streamRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: '/slow', about: 'Answers after ?ms=2000 milliseconds', run: slow },
  {
    method: 'GET',
    path: '/stream',
    about: 'Server-sent events, ?count=5&ms=500; ?as=lines for a chunked JSON line each',
    run: stream,
  },
  { method: 'GET', path: '/large', about: '?mb=10 megabytes of text; ?as=json for one JSON array', run: large },
];

const mebibyte = 1024 * 1024;
/** Bytes of one row of the large body, so that its size is known before it is written. */
const rowBytes = 128;

async function slow(call: DemoCall): Promise<void> {
  const ms = numberFromQuery(call, 'ms', { default: 2000, max: 600_000 });
  await wait(ms, undefined, { signal: call.signal });
  sendJson(call, 200, { waitedMs: ms });
}

async function stream(call: DemoCall): Promise<void> {
  const count = numberFromQuery(call, 'count', { default: 5, max: 100_000 });
  const ms = numberFromQuery(call, 'ms', { default: 500, max: 60_000 });
  const lines = call.url.searchParams.get('as') === 'lines';
  call.response.writeHead(200, {
    'Content-Type': lines ? 'application/x-ndjson' : 'text/event-stream',
    'Cache-Control': 'no-store',
  });
  for (let number = 1; number <= count; number += 1) {
    const line = JSON.stringify({ number, of: count });
    await write(call, lines ? `${line}\n` : `id: ${number}\nevent: tick\ndata: ${line}\n\n`);
    if (number < count) await wait(ms, undefined, { signal: call.signal });
  }
  call.response.end();
}

/** Exactly so many bytes, announced: a client can show how far it is. */
async function large(call: DemoCall): Promise<void> {
  const size = numberFromQuery(call, 'mb', { default: 10, max: 100_000 }) * mebibyte;
  const json = call.url.searchParams.get('as') === 'json';
  call.response.writeHead(200, {
    'Content-Type': json ? 'application/json' : 'text/plain; charset=utf-8',
    'Content-Length': size,
  });
  const rows = size / rowBytes;
  for (let row = 0; row < rows; row += 512) {
    const chunk = Array.from({ length: Math.min(512, rows - row) }, (_, index) => row + index);
    await write(call, chunk.map((number) => (json ? jsonRow(number, rows) : textRow(number))).join(''));
  }
  call.response.end();
}

function textRow(number: number): string {
  return `${`Row ${number + 1} of the large body. `.padEnd(rowBytes - 1, '.')}\n`;
}

/** The first row brings the opening bracket, the last one the closing bracket; all are equally long. */
function jsonRow(number: number, rows: number): string {
  const start = number === 0 ? '[' : ' ';
  const end = number === rows - 1 ? ']\n' : ',\n';
  const row = `${start}{"id":${number + 1},"name":"Row ${number + 1}","filler":"`;
  return `${row.padEnd(rowBytes - end.length - 2, '.')}"}${end}`;
}

/** Waits when the client is slower than the server, so that a gigabyte never stands in memory. */
async function write(call: DemoCall, text: string): Promise<void> {
  call.signal.throwIfAborted();
  if (!call.response.write(text)) await once(call.response, 'drain', { signal: call.signal });
}
