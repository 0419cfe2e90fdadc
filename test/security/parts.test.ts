import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { replaceFile } from '../../src/node/replaceFile.ts';
import { provesAdvisories } from './advisories.ts';
import { scene } from './scene.ts';

const root = join(import.meta.dirname, '..', '..');

/** What the product takes from undici, by name; its interceptors, its fetch and its WebSocket are none of them (SESSION 5). */
function importsOfUndici(): string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.[cm]?tsx?$/.test(name),
  );
  const lines = files.flatMap((name) =>
    readFileSync(join(root, 'src', name), 'utf8')
      .matchAll(/import (?:type )?\{([^}]*)\} from 'undici'/g)
      .toArray(),
  );
  return [
    ...new Set(
      lines.flatMap(([, names = '']) => names.split(',').map((name) => name.replace(/^\s*type\s/, '').trim())),
    ),
  ];
}

function isNotUsed(...parts: readonly string[]) {
  return (): void => {
    const used = importsOfUndici();
    assert.ok(used.includes('Client'), 'the imports were found');
    assert.deepEqual(
      used.filter((name) => parts.some((part) => name.toLowerCase().includes(part))),
      [],
    );
  };
}

function isAtLeast(name: string, wanted: readonly [number, number, number]): void {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  const version = (packages[`node_modules/${name}`]?.version ?? '').split('.').map(Number);
  const at = wanted.findIndex((part, index) => part !== version[index]);
  assert.ok(
    at < 0 || (version[at] ?? 0) > (wanted[at] ?? 0),
    `${name} ${version.join('.')} is older than ${wanted.join('.')}`,
  );
}

/** Two equal requests at once, and a third after them: each is sent, and each gets its own answer. */
async function asksEveryTime(t: TestContext, headers: readonly (readonly [string, string])[]): Promise<void> {
  const bodies = ['one', 'two', 'three'].map((body) => ({
    headers: [['Cache-Control', 'public, max-age=600'] as const, ...headers],
    body,
  }));
  const { send, urls } = scene(t, { answers: { 'http://a.test/': bodies } });
  const both = await Promise.all([send('http://a.test/'), send('http://a.test/')]);
  const third = await send('http://a.test/');
  const texts = [...both, third].map(({ hops }) => Buffer.from(hops[0]?.response?.body.bytes ?? []).toString());
  assert.deepEqual([texts.toSorted(), texts[2], urls().length], [['one', 'three', 'two'], 'three', 3]);
}

provesAdvisories('parts', {
  'CVE-2023-24807': [
    'a header value of blanks is read in one pass (undici)',
    async (t) => {
      const headers = [['X-A', `a${' '.repeat(100_000)}b`]] as const;
      const { send } = scene(t, { answers: { 'http://a.test/': { headers } } });
      assert.equal((await send('http://a.test/')).outcome, 'completed');
      isAtLeast('undici', [8, 12, 4]);
    },
  ],
  'CVE-2024-30261': [
    'its fetch, with its check of integrity, is not used (undici)',
    isNotUsed('fetch', 'request', 'headers'),
  ],
  'CVE-2025-47279': [
    'certificates that are refused again and again leave nothing behind (undici)',
    async (t) => {
      const { net, session, send } = scene(t, {
        origins: [{ origin: 'https://a.test', tls: { cert: 'self-signed' } }],
      });
      for (let n = 0; n < 20; n += 1) assert.equal((await send('https://a.test/')).failure?.code, 'tls-untrusted');
      assert.deepEqual(session.connections(), []);
      while (net.openSockets > 0) await new Promise((resolve) => setImmediate(resolve));
    },
  ],
  'CVE-2026-1526': ['its WebSocket, which unpacks without bound, is not used (undici)', isNotUsed('websocket')],
  'CVE-2026-2581': ['nothing joins equal requests under way (undici)', (t) => asksEveryTime(t, [])],
  'CVE-2026-9675': ['its WebSocket stream is not used (undici)', isNotUsed('websocket', 'eventsource')],
  'CVE-2026-9678': ['nothing is answered from a cache (undici)', (t) => asksEveryTime(t, [['ETag', '"1"']])],
  'CVE-2026-12151': [
    'its WebSocket, which keeps fragments without bound, is not used (undici)',
    isNotUsed('websocket', 'errorevent'),
  ],
  'CVE-2026-13697': [
    'no interceptor stands between a request and its socket (undici)',
    isNotUsed('interceptors', 'agent', 'pool'),
  ],
  'CVE-2026-14643': ['a Vary line makes no cache of another user (undici)', (t) => asksEveryTime(t, [['Vary', '*']])],
  'CVE-2026-25645': [
    'a file laid under a name that can be guessed is neither used nor written to (requests)',
    async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'crumbtrail-planted-'));
      t.after(() => rmSync(folder, { recursive: true }));
      const [path, victim] = [join(folder, 'session.json'), join(folder, 'victim')];
      writeFileSync(victim, 'untouched');
      for (const ending of ['.tmp', '.bak', '~']) symlinkSync(victim, path + ending);
      symlinkSync(victim, path);
      await replaceFile(path, Buffer.from('SECRET'));
      assert.equal(readFileSync(victim, 'utf8'), 'untouched');
      assert.deepEqual([lstatSync(path).isSymbolicLink(), readFileSync(path, 'utf8')], [false, 'SECRET']);
      if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o077, 0);
      assert.equal(readdirSync(folder).length, 5);
    },
  ],
});
