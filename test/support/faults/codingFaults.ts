import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ends, floods, head, onRequest, type Fault } from './fault.ts';

const plain = 'the body before it was packed, the body before it was packed';
const packed = gzipSync(plain);
const wrongSum = Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8, 0xff)]);
/** Ten gigabytes are ten thousand of these one after the other: a gzip file may have many members (RFC 1952 2.2). */
const gzipMegabyte = gzipSync(Buffer.alloc(1024 * 1024));
const zstdMegabyte = zstdCompressSync(Buffer.alloc(1024 * 1024));

const coded = (coding: string, length?: number): string =>
  head([
    `Content-Encoding: ${coding}`,
    ...(length === undefined ? ['Connection: close'] : [`Content-Length: ${length}`]),
  ]);

function sends(coding: string, body: Buffer) {
  return onRequest(ends(Buffer.concat([Buffer.from(coded(coding, body.length)), body])));
}

const limits = { maxDecodedBytes: 8 * 1024 * 1024, bodyLimit: 1024 * 1024 };

/** Content codings that are wrong, and small streams that claim gigabytes. */
export const codingFaults: readonly Fault[] = [
  {
    name: 'sends gzip that ends too early',
    serve: sends('gzip', packed.subarray(0, -12)),
    hops: [200],
    warnings: ['decode-failed'],
  },
  {
    name: 'calls plain text gzip',
    serve: sends('gzip', Buffer.from(plain)),
    hops: [200],
    warnings: ['decode-failed'],
    body: plain,
  },
  {
    name: 'calls plain text br',
    serve: sends('br', Buffer.from(plain)),
    hops: [200],
    warnings: ['decode-failed'],
    body: plain,
  },
  {
    name: 'sends gzip with a wrong checksum',
    serve: sends('gzip', wrongSum),
    hops: [200],
    warnings: ['decode-failed'],
  },
  {
    name: 'sends gzip with rubbish behind it',
    serve: sends('gzip', Buffer.concat([packed, Buffer.from('rubbish')])),
    hops: [200],
    warnings: ['decode-failed'],
  },
  { name: 'calls raw deflate deflate', serve: sends('deflate', deflateRawSync(plain)), hops: [200], body: plain },
  {
    name: 'says a coding that nobody knows',
    serve: sends('brrr', Buffer.from(plain)),
    hops: [200],
    warnings: ['decode-failed'],
    body: plain,
  },
  {
    name: 'packs six times',
    serve: sends(Array.from({ length: 6 }, () => 'gzip').join(', '), packed),
    code: 'decode-limit',
    says: /6/,
    hops: [200],
  },
  {
    name: 'claims ten gigabytes with a little gzip',
    serve: onRequest(floods(coded('gzip'), gzipMegabyte)),
    settings: limits,
    code: 'decode-limit',
    hops: [200],
    body: /^\0{1048576}$/,
  },
  {
    name: 'claims ten gigabytes with a little zstd',
    serve: onRequest(floods(coded('zstd'), zstdMegabyte)),
    settings: limits,
    code: 'decode-limit',
    hops: [200],
  },
  {
    name: 'claims gigabytes in two layers',
    serve: onRequest(
      floods(coded('gzip, gzip'), gzipSync(Buffer.concat(Array.from({ length: 200 }, () => gzipMegabyte)))),
    ),
    settings: limits,
    code: 'decode-limit',
    hops: [200],
  },
  {
    name: 'claims gigabytes in the body of a redirect',
    serve: onRequest(
      floods(head(['Location: /good', 'Content-Encoding: gzip', 'Connection: close'], '302 Found'), gzipMegabyte),
    ),
    hops: [302, 200],
    body: 'good sid=kept',
  },
];
