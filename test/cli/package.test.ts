import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'crumbtrail-package-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface BillOfMaterials {
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly licenses: readonly { readonly expression: string }[];
  }[];
}

/** Licences that ask for no more than to be named. */
const allowed = /^(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|CC-BY-4\.0|BlueOak-1\.0\.0|\(MIT OR Apache-2\.0\))$/;

describe('what is shipped', () => {
  const bill = (): BillOfMaterials => JSON.parse(readFileSync(join(root, 'dist', 'sbom.cdx.json'), 'utf8'));

  test('is listed with the libraries that do the work', () => {
    const names = bill().components.map(({ name }) => name);
    for (const name of ['undici', 'tough-cookie', 'preact', '@codemirror/view']) assert.ok(names.includes(name), name);
    // What only builds and tests is not in it.
    for (const name of ['esbuild', 'playwright-core', 'fast-check']) assert.ok(!names.includes(name), name);
  });

  test('has licences that allow it, each with its text', () => {
    const notices = readFileSync(join(root, 'dist', 'ThirdPartyNotices.txt'), 'utf8');
    for (const { name, version, licenses } of bill().components) {
      assert.match(licenses[0]?.expression ?? '', allowed, name);
      assert.ok(notices.includes(`${name} ${version} (`), name);
    }
  });
});

describe('no text becomes code', () => {
  /** Each way to run text that came from outside: what a file or a server says must never reach one. */
  const ways = /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*["'`]|\brunIn(?:New|This)?Context\b|\bcreateRequire\b/;

  test('in any bundle', () => {
    const bundles = globSync('dist/*.{cjs,js}', { cwd: root });
    assert.ok(bundles.length >= 10);
    for (const name of bundles) assert.doesNotMatch(readFileSync(join(root, name), 'utf8'), ways, name);
  });

  test('in our own sources, where a module is loaded by a name that stands there', () => {
    for (const name of globSync('src/**/*.{ts,tsx}', { cwd: root })) {
      // The page of the response view has a policy of its own: it lets in modules of the extension's folder and nothing else.
      if (name.endsWith('loadViewer.ts')) continue;
      const loads = readFileSync(join(root, name), 'utf8').matchAll(/(?<![.\w])(?:require|import)\((.)/g);
      for (const [call, first] of loads) assert.equal(first, "'", `${name}: ${call}`);
    }
  });
});

describe('the command line as a package of npm', () => {
  test('holds what it needs, depends on nothing, and runs from where it is unpacked', () => {
    const npm = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync('npm', args, {
        cwd: root,
        encoding: 'utf8',
        shell: process.platform === 'win32',
      });
      assert.equal(status, 0, stderr);
      return stdout;
    };
    const [packed] = JSON.parse(npm('pack', '--json', '--ignore-scripts', '--pack-destination', folder)) as [
      { filename: string; unpackedSize: number },
    ];
    assert.ok(packed.unpackedSize < 2_500_000, `${packed.unpackedSize} bytes`);
    const place = join(folder, 'unpacked');
    mkdirSync(place);
    assert.equal(spawnSync('tar', ['-xzf', join(folder, packed.filename), '-C', place]).status, 0);
    const manifest = JSON.parse(readFileSync(join(place, 'package', 'package.json'), 'utf8')) as {
      version: string;
      bin: Readonly<Record<string, string>>;
      dependencies?: unknown;
    };
    assert.equal(manifest.dependencies, undefined);
    const program = join(place, 'package', manifest.bin['crumbtrail'] ?? '');
    assert.ok(existsSync(program));
    const run = (input: string, ...args: string[]) =>
      spawnSync(process.execPath, [program, ...args], {
        input,
        encoding: 'utf8',
        cwd: place,
        env: { ...process.env, XDG_STATE_HOME: folder, LOCALAPPDATA: folder },
      });
    assert.match(run('', '--version').stdout, new RegExp(manifest.version.replaceAll('.', '\\.')));
    // Nothing listens there: the engine was loaded and tried.
    const sent = run('GET http://127.0.0.1:9/\n', 'send', '-');
    assert.equal(sent.status, 1, sent.stderr);
    assert.match(sent.stderr, /connection-refused|ECONNREFUSED|Nothing listens/);
  });
});
