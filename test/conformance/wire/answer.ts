import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import {
  brotliCompressSync,
  createBrotliCompress,
  createDeflate,
  createGzip,
  createZstdCompress,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';

/** What a server of a case answers, in the words of the case format. */
export interface Answer {
  readonly status?: number;
  readonly reason?: string;
  /** Values are UTF-8 on the wire, except under `latin1Headers`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly latin1Headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly bodyHex?: string;
  readonly bodySize?: number;
  readonly bodyEndless?: boolean;
  readonly encode?: readonly string[];
  readonly bomb?: { readonly coding: string; readonly decodedSize: number };
  readonly contentLength?: number;
  readonly closeAfterBytes?: number;
  readonly delayMs?: number;
  readonly bodyDelayMs?: number;
  readonly byteEveryMs?: number;
  readonly pauseAfterBytes?: number;
  readonly pauseMs?: number;
  readonly early?: boolean;
  readonly informational?: readonly number[];
  readonly trailers?: readonly (readonly [name: string, value: string])[];
  readonly manyHeaders?: {
    readonly name: string;
    readonly value?: string;
    readonly valueSize?: number;
    readonly count: number;
  };
  readonly raw?: string;
  readonly afterRaw?: string;
  readonly fault?: 'no-answer' | 'close';
}

export const answerKeys: readonly (keyof Answer)[] = [
  'status',
  'reason',
  'headers',
  'latin1Headers',
  'body',
  'bodyHex',
  'bodySize',
  'bodyEndless',
  'encode',
  'bomb',
  'contentLength',
  'closeAfterBytes',
  'delayMs',
  'bodyDelayMs',
  'byteEveryMs',
  'pauseAfterBytes',
  'pauseMs',
  'early',
  'informational',
  'trailers',
  'manyHeaders',
  'raw',
  'afterRaw',
  'fault',
];

/** The body as it goes over the wire: whole when it is known, in pieces when it is made while it is sent. */
export type AnswerBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Buffer> };

export function answerBody(answer: Answer): AnswerBody {
  if (answer.bodyEndless) return { kind: 'stream', chunks: endless() };
  if (answer.bomb) return { kind: 'stream', chunks: bomb(answer.bomb.coding, answer.bomb.decodedSize) };
  return { kind: 'whole', bytes: (answer.encode ?? []).reduce(compress, plainBody(answer)) };
}

/** Header lines of an answer as Latin-1 text, without those about the length of the body. */
export function answerHeaders(answer: Answer): [name: string, value: string][] {
  const lines = (answer.headers ?? []).map(([name, value]): [string, string] => [name, utf8AsLatin1(value)]);
  for (const [name, value] of answer.latin1Headers ?? []) lines.push([name, value]);
  const codings = answer.bomb ? [answer.bomb.coding] : (answer.encode ?? []);
  if (codings.length > 0) lines.push(['Content-Encoding', codings.map((coding) => names[coding] ?? coding).join(', ')]);
  return [...lines, ...many(answer.manyHeaders)];
}

export function reasonPhrase(answer: Answer): string {
  return answer.reason ?? STATUS_CODES[answer.status ?? 200] ?? 'Unknown';
}

/** `deflate-raw` is what some servers send and call `deflate`. */
const names: Readonly<Record<string, string>> = { 'deflate-raw': 'deflate' };

function plainBody({ body, bodyHex, bodySize }: Answer): Buffer {
  if (bodyHex !== undefined) return Buffer.from(bodyHex, 'hex');
  if (bodySize !== undefined) return Buffer.alloc(bodySize, 'x');
  return Buffer.from(body ?? '');
}

function compress(bytes: Buffer, coding: string): Buffer {
  switch (coding) {
    case 'gzip':
      return gzipSync(bytes);
    case 'deflate':
      return deflateSync(bytes);
    case 'deflate-raw':
      return deflateRawSync(bytes);
    case 'br':
      return brotliCompressSync(bytes);
    case 'zstd':
      return zstdCompressSync(bytes);
    default:
      throw new Error(`unknown coding "${coding}"`);
  }
}

const block = Buffer.alloc(64 * 1024);

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield block;
}

/** Zero bytes, compressed while they are sent, so that neither side ever holds them. */
function bomb(coding: string, decodedSize: number): AsyncIterable<Buffer> {
  const coders: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
    gzip: createGzip,
    deflate: createDeflate,
    br: createBrotliCompress,
    zstd: createZstdCompress,
  };
  const coder = coders[coding]?.();
  if (coder === undefined) throw new Error(`unknown coding "${coding}"`);
  return Readable.from(zeros(decodedSize)).pipe(coder) as unknown as AsyncIterable<Buffer>;
}

async function* zeros(size: number): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < size; sent += block.length) yield block.subarray(0, Math.min(block.length, size - sent));
}

function many(lines: Answer['manyHeaders']): [string, string][] {
  if (lines === undefined) return [];
  const { name, value = 'x'.repeat(lines.valueSize ?? 0), count } = lines;
  return Array.from({ length: count }, (_, n) => [
    name.replaceAll('{n}', String(n)),
    value.replaceAll('{n}', String(n)),
  ]);
}

function utf8AsLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
