import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test, type TestContext } from 'node:test';
import * as zlib from 'node:zlib';
import type { WarningCode } from '../../src/core/http/failure.ts';
import { listen, newTransport, rawServer, textOf, type SendOptions } from './transportFixture.ts';

const text = 'hello, wire. '.repeat(5_000);
const plain = Buffer.from(text);

const encoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: zlib.gzipSync,
  'x-gzip': zlib.gzipSync,
  deflate: zlib.deflateSync,
  'deflate-raw': zlib.deflateRawSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};

/** Answers with these bytes under this Content-Encoding. */
async function answered(t: TestContext, bytes: Buffer, encoding: string, options: SendOptions = {}, cut = 0) {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Encoding', encoding).setHeader('Content-Length', bytes.length);
    response.write(bytes.subarray(0, bytes.length - cut));
    if (cut) setTimeout(() => response.destroy(), 50);
    else response.end();
  });
  await listen(t, server);
  t.after(() => server.closeAllConnections());
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return newTransport(t).send(`http://127.0.0.1:${address.port}/`, options);
}

interface Expected {
  readonly bytes?: Buffer;
  readonly decodedBytes?: number;
  readonly warnings?: readonly WarningCode[];
  readonly options?: SendOptions;
}

async function check(t: TestContext, bytes: Buffer, encoding: string, expected: Expected): Promise<void> {
  const trip = await answered(t, bytes, encoding, expected.options);
  const wanted = expected.bytes ?? plain;
  assert.equal(trip.failure, undefined, encoding);
  assert.deepEqual(
    trip.warnings.map(({ code }) => code),
    expected.warnings ?? [],
    encoding,
  );
  const { wireBytes, decodedBytes, bytes: got, truncated } = trip.response!.body;
  const total = expected.decodedBytes ?? wanted.length;
  assert.deepEqual([wireBytes, decodedBytes, truncated], [bytes.length, total, total > wanted.length], encoding);
  assert.ok(wanted.equals(got), encoding);
}

test('every coding is undone, and both sizes are counted', async (t) => {
  for (const [coding, encode] of Object.entries(encoders)) {
    await check(t, encode(plain), coding.replace('-raw', ''), {});
  }
  await check(t, plain, 'identity', {});
  await check(t, Buffer.alloc(0), 'gzip', { bytes: Buffer.alloc(0) });
});

test('several codings are undone from the last to the first, up to five', async (t) => {
  const twice = zlib.brotliCompressSync(zlib.deflateRawSync(plain));
  await check(t, twice, 'Deflate, identity , BR', {});
  const times = (count: number) => Array.from({ length: count }).reduce<Buffer>((bytes) => zlib.gzipSync(bytes), plain);
  await check(t, times(5), 'gzip, gzip, gzip, gzip, gzip', {});
  const { failure } = await answered(t, times(6), 'gzip, gzip, gzip, gzip, gzip, gzip');
  assert.equal(failure?.code, 'decode-limit');
  assert.match(failure?.message ?? '', /encoded 6 times/);
});

test('only bodyLimit bytes are kept; all are counted', async (t) => {
  const options = { bodyLimit: 10 };
  for (const [bytes, encoding] of [
    [plain, 'identity'],
    [zlib.gzipSync(plain), 'gzip'],
  ] as const) {
    await check(t, bytes, encoding, { options, bytes: plain.subarray(0, 10), decodedBytes: plain.length });
  }
});

test('what is not what it says is shown as it came, with a warning', async (t) => {
  const warnings = ['decode-failed'] as const;
  const raw = Buffer.from('00010203', 'hex');
  for (const coding of ['gzip', 'deflate', 'br', 'zstd', 'compress']) {
    await check(t, raw, coding, { bytes: raw, warnings });
  }
  const half = zlib.gzipSync(plain).subarray(0, 100);
  await check(t, half, 'gzip', { bytes: half, warnings });
  const inner = zlib.gzipSync(raw);
  await check(t, inner, 'br, gzip', { bytes: inner, warnings });
});

test('a body that ends early is decoded as far as it came', async (t) => {
  // zstd gives out whole blocks of 128 KiB: there must be more than one.
  let seed = 1;
  const random = Buffer.from(Array.from({ length: 200_000 }, () => (seed = (seed * 48_271) % 0x7fffffff)));
  for (const coding of ['gzip', 'br', 'zstd']) {
    const encoded = encoders[coding]!(Buffer.concat([plain, random]));
    const trip = await answered(t, encoded, coding, {}, 20);
    assert.equal(trip.failure?.code, 'truncated-body', coding);
    assert.deepEqual(trip.warnings, [], coding);
    assert.equal(textOf(trip)?.slice(0, 26), 'hello, wire. hello, wire. ', coding);
  }
});

test('a bomb goes off only up to the limit, in whichever layer it is', async (t) => {
  const mebibyte = 1024 * 1024;
  const bomb = zlib.gzipSync(Buffer.alloc(200 * mebibyte));
  const maxDecodedBytes = mebibyte;
  const flat = await answered(t, bomb, 'gzip', { maxDecodedBytes });
  assert.equal(flat.failure?.code, 'decode-limit');
  assert.match(flat.failure?.message ?? '', /more than 1048576 bytes/);
  assert.deepEqual([flat.response?.status, flat.response?.body.decodedBytes], [200, mebibyte]);
  const layered = await answered(t, zlib.gzipSync(bomb), 'gzip, gzip', { maxDecodedBytes });
  assert.equal(layered.failure?.code, 'decode-limit');
  await check(t, zlib.gzipSync(plain), 'gzip', { options: { maxDecodedBytes: plain.length } });
});

test('a large body waits for its decoder, and loses nothing', async (t) => {
  const large = Buffer.alloc(30 * 1024 * 1024, text);
  const encoded = zlib.gzipSync(large, { level: 1 });
  await check(t, encoded, 'gzip', { bytes: large.subarray(0, 1e6), decodedBytes: large.length });
  await check(t, zlib.zstdCompressSync(encoded), 'gzip, zstd', {
    bytes: large.subarray(0, 1e6),
    decodedBytes: large.length,
  });
});

test('responses without a body have no coding to undo', async (t) => {
  const server = await rawServer(t, (socket) =>
    socket.end('HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\n\r\n'),
  );
  const trip = await newTransport(t).send(server.url);
  assert.deepEqual([trip.failure, trip.warnings, textOf(trip)], [undefined, [], '']);
});

test('content is told as it comes, without its coding, while the response is under way', async (t) => {
  const encoder = zlib.createGzip();
  const arrived: string[] = [];
  let goOn: (() => void) | undefined;
  const server = createServer((_request, response) => {
    response.setHeader('Content-Encoding', 'gzip');
    encoder.pipe(response);
    encoder.write('first');
    encoder.flush();
    // The rest is sent only when the first part has been told: buffering anywhere would end in a standstill.
    goOn = () => encoder.end(' second');
  });
  await listen(t, server);
  t.after(() => server.closeAllConnections());
  const { port } = server.address() as { port: number };
  const trip = await newTransport(t).send(`http://127.0.0.1:${port}/`, {
    onProgress: (progress) => {
      if (progress.kind !== 'content') return;
      arrived.push(Buffer.from(progress.bytes).toString());
      goOn?.();
      goOn = undefined;
    },
  });
  assert.equal(arrived[0], 'first');
  assert.equal(arrived.join(''), 'first second');
  assert.equal(textOf(trip), 'first second');
});
