import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { importsBelow, importsIn, sourceFiles, withoutComments, type Import } from './support/importGraph.ts';

/** What a room may import: rooms of the same tree, `node:` modules, `vscode`, and packages by name. */
interface Permission {
  readonly rooms: readonly string[];
  /** Rooms whose types alone may be used. */
  readonly typesOf?: readonly string[];
  /** Single rooms of core that may be used whole. */
  readonly coreRooms?: readonly string[];
  readonly node?: true;
  readonly vscode?: true;
  readonly packages: readonly string[];
}

/** Libraries that run in any JavaScript host. */
const isomorphic = ['tough-cookie', 'json-p3', 'jsonc-parser', 'dayjs'];

/** The dependency table of ARCHITECTURE.md. A room that is not listed may not exist. */
const folders: Readonly<Record<string, Permission>> = {
  core: { rooms: [], packages: isomorphic },
  protocol: { rooms: [], typesOf: ['core'], packages: [] },
  present: { rooms: ['core', 'protocol'], packages: ['dayjs', 'eventsource-parser', 'mrmime', 'har-format'] },
  node: { rooms: ['core'], node: true, packages: ['undici', 'tough-cookie', 'jsonc-parser', 'slimdom', 'fontoxpath'] },
  demo: { rooms: [], node: true, packages: [] },
  webview: {
    rooms: ['protocol'],
    typesOf: ['core'],
    coreRooms: ['body'],
    packages: ['papaparse', 'preact', '@codemirror/', '@lezer/', '@vscode/codicons', 'dayjs'],
  },
  cli: { rooms: ['core', 'present', 'node', 'demo'], node: true, packages: [] },
  extension: {
    rooms: ['core', 'present', 'protocol', 'node', 'demo'],
    node: true,
    vscode: true,
    packages: ['dayjs', 'jsonc-parser'],
  },
};

/** Rooms inside core. `text` and `files` are the ground all may stand on; `run` is the roof. */
const coreRooms: Readonly<Record<string, readonly string[]>> = {
  text: [],
  files: [],
  syntax: ['text'],
  http: ['text'],
  cookies: ['text', 'http'],
  variables: ['text', 'files', 'syntax', 'http'],
  session: ['text', 'http', 'cookies'],
  prepare: ['text', 'files', 'syntax', 'variables', 'http', 'session'],
  features: ['text', 'syntax', 'variables', 'http', 'cookies', 'prepare'],
  body: ['text'],
  run: ['text', 'files', 'syntax', 'http', 'cookies', 'variables', 'session', 'prepare'],
};

const imports = importsBelow('src');

describe('the dependency table of ARCHITECTURE.md holds', () => {
  for (const [folder, permission] of Object.entries(folders)) {
    test(`src/${folder}`, () => {
      const own = imports.filter((each) => folderOf(each.file) === folder);
      expectNone(own.filter((each) => !isAllowed(each, folder, permission)));
    });
  }

  test('every folder of src is in the table', () => {
    const unknown = sourceFiles('src').filter((file) => !(folderOf(file) in folders));
    assert.deepEqual(unknown, []);
  });
});

describe('rooms of core', () => {
  for (const [room, allowed] of Object.entries(coreRooms)) {
    test(`core/${room} uses only ${['itself', ...allowed].join(', ')}`, () => {
      const own = imports.filter((each) => coreRoomOf(each.file) === room && coreRoomOf(each.target) !== undefined);
      expectNone(own.filter((each) => ![room, ...allowed].includes(coreRoomOf(each.target) ?? '')));
    });
  }

  test('every folder of core is in the table', () => {
    const unknown = sourceFiles('src/core')
      .filter((file) => file.split('/').length > 3)
      .filter((file) => !((coreRoomOf(file) ?? '') in coreRooms));
    assert.deepEqual(unknown, []);
  });

  test('no two rooms of src need each other, directly or around a corner', () => {
    assert.deepEqual(cycles(roomGraph()), []);
  });
});

describe('core runs in any JavaScript host and takes time and chance as arguments', () => {
  const forbidden: readonly [name: string, pattern: RegExp][] = [
    ['the clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\./],
    ['randomness', /\bMath\.random\b|\bcrypto\.(?:randomUUID|getRandomValues|subtle)\b/],
    ['the environment', /\bprocess\b\.|\bglobalThis\.process\b/],
    ['Node globals', /\bBuffer\b\.|\b__dirname\b|\bsetImmediate\(/],
    ['the DOM', /\bwindow\.|\bdocument\.(?:body|querySelector|createElement|getElementById)\b|\blocalStorage\b/],
  ];
  for (const [name, pattern] of forbidden) {
    test(`core does not read ${name}`, () => {
      assert.deepEqual(filesMatching('src/core', pattern), []);
    });
  }
});

test('the transport never uses undici interceptors: it interprets nothing (invariant 3)', () => {
  assert.deepEqual(filesMatching('src', /\binterceptors\b|\bRetryAgent\b|\bRedirectHandler\b/), []);
});

test('files stay below 400 lines and avoid names that say nothing', () => {
  const vague = /(?:manager|helper|utils?|processor)\.tsx?$/i;
  const files = [...sourceFiles('src'), ...sourceFiles('test')];
  assert.deepEqual(
    files.filter((file) => vague.test(basename(file))),
    [],
  );
  assert.deepEqual(
    files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 401),
    [],
  );
});

describe('the walk itself sees every way to import', () => {
  const cases: readonly [source: string, expected: readonly [target: string, typeOnly: boolean][]][] = [
    [`import { a } from './b.ts';`, [['src/x/b.ts', false]]],
    [`import type { A } from '../b.ts';`, [['src/b.ts', true]]],
    [`import {\n  a,\n  type B,\n} from 'vscode';`, [['vscode', false]]],
    [`import './side.ts';`, [['src/x/side.ts', false]]],
    [`export * from './c.ts';`, [['src/x/c.ts', false]]],
    [`export type { C } from './c.ts';`, [['src/x/c.ts', true]]],
    [`const a = await import('node:fs');`, [['node:fs', false]]],
    [`const a = require('undici');`, [['undici', false]]],
    [`// import { a } from 'vscode';\n/* import 'x'; */\nconst url = 'http://a';`, []],
  ];
  for (const [source, expected] of cases) {
    test(JSON.stringify(source), () => {
      const found = importsIn('src/x/y.ts', source);
      assert.deepEqual(
        found.map((each) => [each.target, each.typeOnly]),
        expected,
      );
    });
  }
});

function isAllowed(one: Import, folder: string, permission: Permission): boolean {
  if (one.target.startsWith('src/')) {
    const target = folderOf(one.target);
    if (target === folder || permission.rooms.includes(target)) return true;
    if ((permission.coreRooms ?? []).includes(coreRoomOf(one.target) ?? '')) return true;
    return one.typeOnly && (permission.typesOf ?? []).includes(target);
  }
  if (one.specifier.startsWith('node:')) return permission.node === true;
  if (one.specifier === 'vscode') return permission.vscode === true;
  return permission.packages.some((name) => (name.endsWith('/') ? one.specifier.startsWith(name) : isOf(one, name)));
}

function isOf(one: Import, packageName: string): boolean {
  return one.specifier === packageName || one.specifier.startsWith(`${packageName}/`);
}

/** `src/core/http/x.ts` -> `core`. */
function folderOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** `src/core/http/x.ts` -> `http`, `src/core/files.ts` -> `files`, outside core `undefined`. */
function coreRoomOf(file: string): string | undefined {
  const [, folder, room] = file.split('/');
  return folder === 'core' ? room?.replace(/\.ts$/, '') : undefined;
}

/** Room -> rooms it imports; core's rooms count one by one. */
function roomGraph(): ReadonlyMap<string, ReadonlySet<string>> {
  const room = (file: string): string => (coreRoomOf(file) ? `core/${coreRoomOf(file)}` : folderOf(file));
  const graph = new Map<string, Set<string>>();
  for (const { file, target } of imports.filter((each) => each.target.startsWith('src/'))) {
    if (room(file) === room(target)) continue;
    graph.set(room(file), (graph.get(room(file)) ?? new Set()).add(room(target)));
  }
  return graph;
}

function cycles(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const reaches = (from: string, wanted: string, seen: Set<string>): boolean => {
    if (seen.has(from)) return false;
    seen.add(from);
    const next = [...(graph.get(from) ?? [])];
    return next.includes(wanted) || next.some((room) => reaches(room, wanted, seen));
  };
  return [...graph.keys()].filter((room) => reaches(room, room, new Set()));
}

function filesMatching(folder: string, pattern: RegExp): readonly string[] {
  return sourceFiles(folder).filter((file) => pattern.test(withoutComments(readFileSync(file, 'utf8'))));
}

function expectNone(found: readonly Import[]): void {
  assert.deepEqual(
    found.map((each) => `${each.file}:${each.line} imports ${each.specifier}`),
    [],
  );
}
