import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../src/core/session/session.ts';
import { buildScope } from '../../src/core/variables/scope.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { SessionModel } from '../../src/extension/sessions/sessionModel.ts';
import type { SessionNode } from '../../src/extension/sessions/sessionNodes.ts';
import { readProfiles } from '../../src/node/profileFiles.ts';
import { benchSession } from './benchSession.ts';
import { median, type Figure } from './figure.ts';

/** The session view with as many cookies as a session may hold, and a switch of the environment with many files open. */
export async function sessionViewFigures(): Promise<readonly Figure[]> {
  const session = benchSession();
  for (let number = 0; number < 3000; number++) session.jar.put(cookie(number, 1));
  const figures = [await shownFigure(session), await changedFigure(session), await switchFigure()];
  await session.close();
  return figures;
}

/** Every row asked for, as with all domains unfolded: more than an editor asks for at once. */
async function shownFigure(session: Session): Promise<Figure> {
  const times = await measured(21, async () => {
    const rows = await drawAll(modelOf(session));
    if (rows < 3300) throw new Error(`${rows} rows instead of 3,300`);
  });
  return { name: 'the session view, 3,000 cookies of 300 domains', unit: 'ms', target: 150, value: median(times) };
}

async function changedFigure(session: Session): Promise<Figure> {
  const model = modelOf(session);
  await drawAll(model);
  let value = 2;
  const times = await measured(101, () => {
    session.jar.put(cookie(1234, value++));
    const changed = model.changedBy(session) ?? [];
    if (changed.length !== 1) throw new Error(`${changed.length} rows instead of one`);
    for (const node of changed) model.row(node);
    return Promise.resolve();
  });
  return { name: 'one cookie of them changes: one row', unit: 'ms', target: 16, value: median(times) };
}

/** Environment files read and merged for 50 files in ten folders, and a variable of each looked up: a switch needs less, the files are known. */
async function switchFigure(): Promise<Figure> {
  const root = mkdtempSync(join(tmpdir(), 'crumbtrail-bench-'));
  const variables = Object.fromEntries(Array.from({ length: 40 }, (_, number) => [`name${number}`, `value ${number}`]));
  const text = JSON.stringify({ $shared: variables, dev: variables, prod: variables });
  const files = Array.from({ length: 50 }, (_, number) => join(root, `folder${number % 10}`, `${number}.http`));
  for (const folder of new Set(files.map((file) => join(file, '..')))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'http-client.env.json'), text);
  }
  const document = parse('GET http://a.test/{{name7}}\n');
  const read = await Promise.all(files.map((file) => readProfiles(root, file)));
  const times = await measured(21, async () => {
    for (const profiles of read) {
      const scope = buildScope({
        document,
        block: document.blocks[0],
        path: undefined,
        imported: [],
        overrides: [],
        prompts: [],
        sessionVariables: [],
        profiles,
        environment: ['prod'],
        variablePrecedence: 'file',
      });
      if (scope.lookup('name7') === undefined) throw new Error('name7 is not found');
    }
    await readProfiles(root, files[0]);
  });
  rmSync(root, { recursive: true });
  return { name: 'another environment for 50 files', unit: 'ms', target: 50, value: median(times) };
}

function modelOf(session: Session): SessionModel {
  return new SessionModel({
    now: () => 1000,
    folders: () => Promise.resolve([{ folder: session.key.folder, label: 'bench' }]),
    sessions: () => Promise.resolve([{ key: session.key, active: true }]),
    open: () => Promise.resolve(session),
    opened: () => session,
    defaults: () => Promise.resolve([]),
    snapshots: () => Promise.resolve([]),
    lastChange: () => undefined,
  });
}

async function drawAll(model: SessionModel, node?: SessionNode): Promise<number> {
  let rows = 0;
  for (const child of await model.children(node)) {
    model.row(child);
    rows += 1 + (await drawAll(model, child));
  }
  return rows;
}

function cookie(number: number, lastSet: number) {
  return {
    name: `cookie${number}`,
    value: `value ${lastSet}`,
    domain: `host${number % 300}.test`,
    hostOnly: true,
    path: '/',
    secure: false,
    httpOnly: false,
    sameSite: undefined,
    partitioned: false,
    expires: 1_000_000 + number * 1000,
    created: number,
    lastSet,
    source: undefined,
  } as const;
}

async function measured(rounds: number, work: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}
