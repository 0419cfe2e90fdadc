import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import { bodyCipher } from '../../src/node/bodyCipher.ts';
import { openBodyFolder, type BodyFolder, type BodyFolderOptions } from '../../src/node/bodyFolder.ts';
import { createDiskFile } from '../../src/node/diskFile.ts';
import { readBody, writeChunks } from '../../src/node/readBody.ts';
import { listen, newTransport, type SendOptions } from './transportFixture.ts';

const mebibyte = 1024 * 1024;
const secret = new Uint8Array(32).fill(7);

function newFolder(t: TestContext, options: Partial<BodyFolderOptions> = {}): BodyFolder & { directory: string } {
  const directory = mkdtempSync(join(tmpdir(), 'crumbtrail-bodies-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const folder = openBodyFolder({ directory, secret, now: Date.now, memoryLimit: mebibyte, ...options });
  return Object.assign(folder, { directory });
}

/** What a reader of the folder sees of a stored body. */
function content(folder: BodyFolder, id: string): Buffer {
  const { path, key } = folder.place(id);
  return bodyCipher(key).at(0, readFileSync(path));
}

async function answered(t: TestContext, answer: RequestListener, options: SendOptions) {
  const server = createServer(answer);
  await listen(t, server);
  t.after(() => server.closeAllConnections());
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return newTransport(t).send(`http://127.0.0.1:${address.port}/`, { bodyLimit: 64 * mebibyte, ...options });
}

const large = Buffer.from(Array.from({ length: 3 * mebibyte }, (_, at) => (at * 31 + (at >> 8)) & 0xff));

interface Expected {
  readonly stored: Buffer;
  readonly failure?: string;
  readonly warnings?: readonly string[];
}

async function check(t: TestContext, answer: RequestListener, expected: Expected): Promise<void> {
  const folder = newFolder(t);
  const trip = await answered(t, answer, { bodyStore: folder });
  assert.equal(trip.failure?.code, expected.failure);
  assert.deepEqual(
    trip.warnings.map(({ code }) => code),
    expected.warnings ?? [],
  );
  const { body } = trip.response!;
  assert.ok(body.stored && body.truncated);
  assert.deepEqual([body.bytes.length, body.stored.size], [mebibyte, expected.stored.length]);
  assert.ok(content(folder, body.stored.id).equals(expected.stored));
  assert.ok(expected.stored.subarray(0, mebibyte).equals(body.bytes));
}

test('a large body goes to a file that nobody else can read, whole and encrypted; its beginning stays in memory', async (t) => {
  await check(t, (_request, response) => response.end(large), { stored: large });
  const gzip = { 'content-encoding': 'gzip' };
  await check(t, (_request, response) => response.writeHead(200, gzip).end(gzipSync(large)), { stored: large });
  const folder = newFolder(t);
  const { response } = await answered(t, (_request, answer) => answer.end(large), { bodyStore: folder });
  const { path } = folder.place(response!.body.stored!.id);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(!readFileSync(path).includes(large.subarray(0, 64)));
});

test('a body that fits into memory touches no disk', async (t) => {
  const folder = newFolder(t);
  const small = large.subarray(0, mebibyte);
  const { response } = await answered(t, (_request, answer) => answer.end(small), { bodyStore: folder });
  assert.deepEqual([response!.body.stored, response!.body.truncated], [undefined, false]);
  assert.deepEqual(readdirSync(folder.directory), []);
});

test('what came before the connection broke is kept, and the failure says that it is not all', async (t) => {
  const half = large.subarray(0, 2 * mebibyte);
  const cut: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-length': large.length });
    response.write(half, () => response.destroy());
  };
  await check(t, cut, { stored: half, failure: 'truncated-body' });
});

test('a coding that breaks late keeps what was decoded, one that breaks at once keeps what came', async (t) => {
  const late: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    const gzip = createGzip({ level: 0 });
    gzip.on('data', (chunk) => response.write(chunk));
    gzip.write(large);
    gzip.flush(() => response.end(Buffer.from('this is no gzip')));
  };
  await check(t, late, { stored: large, warnings: ['decode-failed'] });
  const never: RequestListener = (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(large);
  await check(t, never, { stored: large, warnings: ['decode-failed'] });
});

test('a cancel keeps what came', async (t) => {
  const folder = newFolder(t);
  const abort = new AbortController();
  const endless: RequestListener = (_request, response) => {
    response.write(large);
  };
  const trip = await answered(t, endless, {
    bodyStore: folder,
    signal: abort.signal,
    onProgress: (progress) => progress.kind === 'body' && progress.wireBytes === large.length && abort.abort(),
  });
  assert.equal(trip.failure?.code, 'cancelled');
  assert.ok(content(folder, trip.response!.body.stored!.id).equals(large));
});

test('a full disk ends the reading, keeps what was written and says what to do', async (t) => {
  const room = mebibyte + 1000;
  const full = (path: string) => {
    const file = createDiskFile(path);
    return {
      ...file,
      write: async (chunks: readonly Uint8Array[], position: number) => {
        if (position >= room) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        return file.write([Buffer.concat(chunks).subarray(0, room - position)], position);
      },
    };
  };
  const folder = newFolder(t, { createFile: full });
  const endless: RequestListener = (_request, response) => {
    response.write(large);
  };
  const trip = await answered(t, endless, { bodyStore: folder });
  assert.equal(trip.failure, undefined);
  assert.equal(trip.warnings[0]?.code, 'body-not-stored');
  assert.match(trip.warnings[0]?.message ?? '', /is full: the first 1049576 bytes of the body were kept, .* Make room/);
  const { stored, truncated } = trip.response!.body;
  assert.deepEqual([stored?.size, truncated], [room, true]);
  assert.ok(content(folder, stored!.id).equals(large.subarray(0, room)));
});

test('a full disk takes the room of older bodies first', async (t) => {
  let isFull = true;
  const folder = newFolder(t, {
    createFile: (path) => {
      const file = createDiskFile(path);
      return {
        ...file,
        write: async (chunks, position) => {
          isFull = readdirSync(folder.directory).includes('older.body');
          if (isFull) throw Object.assign(new Error('quota'), { code: 'EDQUOT' });
          return file.write(chunks, position);
        },
      };
    },
  });
  writeFileSync(join(folder.directory, 'older.body'), 'x');
  const trip = await answered(t, (_request, response) => response.end(large), { bodyStore: folder });
  assert.deepEqual([trip.warnings, isFull], [[], false]);
  assert.ok(content(folder, trip.response!.body.stored!.id).equals(large));
});

test('a folder that cannot be made costs the rest of the body, not its beginning', async (t) => {
  const { directory } = newFolder(t);
  const inTheWay = join(directory, 'file');
  writeFileSync(inTheWay, '');
  const folder = openBodyFolder({ directory: join(inTheWay, 'bodies'), secret, now: Date.now, memoryLimit: mebibyte });
  const trip = await answered(t, (_request, response) => response.end(large), { bodyStore: folder });
  assert.match(trip.warnings[0]?.message ?? '', /cannot be written to .* Check the folder/);
  assert.deepEqual([trip.response!.body.bytes.length, trip.response!.body.stored?.size], [mebibyte, 0]);
});

test('old bodies and too many bytes are cleaned away, the oldest first; one that was looked at is new', async (t) => {
  let now = 1_000_000;
  const folder = newFolder(t, { now: () => now, maxAgeMs: 1000, maxBytes: 25 });
  const names = (): string[] => readdirSync(folder.directory).map((name) => name.replace('.body', ''));
  const write = (id: string, at: number): void => {
    const { path } = folder.place(id);
    writeFileSync(path, '0123456789');
    utimesSync(path, new Date(at), new Date(at));
  };
  write('stale', now - 2000);
  write('seen', now - 3000);
  write('fresh', now - 10);
  assert.equal(await folder.find('seen'), 10);
  await folder.clean();
  assert.deepEqual(names().toSorted(), ['fresh', 'seen']);
  for (const id of ['seen', 'stale'])
    await writeChunks(folder.copyPath(id, 'copy.json'), readBody(folder.place('seen')));
  now += 5;
  write('newest', now);
  await folder.clean();
  assert.deepEqual(names().toSorted(), ['newest', 'seen', 'seen.open']);
  assert.equal(await folder.find('fresh'), undefined);
});

test('a body is saved as it came; a save that fails or is cancelled leaves nothing behind', async (t) => {
  const folder = newFolder(t);
  const { response } = await answered(t, (_request, answer) => answer.end(large), { bodyStore: folder });
  const place = folder.place(response!.body.stored!.id);
  const target = join(folder.directory, 'new', 'saved.bin');
  assert.equal(await writeChunks(target, readBody(place)), true);
  assert.ok(readFileSync(target).equals(large));
  assert.equal(await writeChunks(target, readBody(place), { isCancelled: () => true }), false);
  assert.ok(!existsSync(target));
  await assert.rejects(writeChunks(join(place.path, 'x'), readBody(place)), /was not written: .* Choose another place/);
});

test('a save on a full disk says so', { skip: !existsSync('/dev/full') }, async () => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let sent = 0; sent < 3; sent++) yield new Uint8Array(100_000);
  }
  await assert.rejects(
    writeChunks('/dev/full', chunks()),
    /"\/dev\/full" was not written: the disk is full\. Make room/,
  );
  assert.ok(existsSync('/dev/full'));
});

test('a cipher reads at any place what was written in pieces', () => {
  const cipher = bodyCipher(createHash('sha256').update('key').digest());
  const pieces = [large.subarray(0, 5), large.subarray(5, 1000), large.subarray(1000, 4099)];
  let at = 0;
  const file = Buffer.concat(
    pieces.map((piece) => {
      const encrypted = cipher.at(at, piece);
      at += piece.length;
      return encrypted;
    }),
  );
  for (const [start, end] of [
    [0, 4099],
    [3, 17],
    [16, 32],
    [1001, 4000],
  ] as const) {
    assert.ok(cipher.at(start, file.subarray(start, end)).equals(large.subarray(start, end)), `${start}`);
  }
});
