import type { BodyStore } from '../../src/core/http/bodyStore.ts';
import { posix } from 'node:path';
import { createSession } from '../../src/core/session/createSession.ts';
import type { Session } from '../../src/core/session/session.ts';
import { defaultSettings } from '../../src/core/session/settings.ts';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import type { Files } from '../../src/core/files.ts';
import type { OpenedFile, Question, RunInput, RunPorts } from '../../src/core/run/run.ts';
import type { HttpDocument, RequestBlock } from '../../src/core/syntax/ast.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { requestBlocks, requestId } from '../../src/core/syntax/query.ts';
import { mergeProfiles } from '../../src/core/variables/profiles.ts';
import type { EnvironmentSource } from '../../src/core/variables/profile.ts';
import { createTransport } from '../../src/node/transport.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { sleep } from '../../src/node/sleep.ts';

/** A moment whose parts are all different: 2026-02-03T04:05:06.007Z. */
export const now = Date.UTC(2026, 1, 3, 4, 5, 6, 7);

export interface RunOptions {
  readonly session?: Session;
  readonly sources?: readonly EnvironmentSource[];
  readonly environment?: readonly string[];
  readonly overrides?: RunInput['overrides'];
  readonly variablePrecedence?: RunInput['variablePrecedence'];
  /** Content by absolute path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly ports?: Partial<RunPorts>;
  readonly answer?: (question: Question) => string | undefined;
  readonly runDependencies?: RunInput['runDependencies'];
  readonly signal?: AbortSignal;
  readonly bodyStore?: BodyStore;
}

/** What `runBlock` gets for one block of `text`: the one called `id`, else the first that has a request. */
export function runInput(text: string, id?: string, options: RunOptions = {}): RunInput {
  const document = parse(text);
  return inputOf({ document, file: fileOf('/work/api/file.http') }, id, options);
}

function inputOf({ document, file }: OpenedFile, id: string | undefined, options: RunOptions): RunInput {
  const opened = new Map([[file.path, { document, file }]]);
  const input: RunInput = {
    document,
    block: blockOf(document, id),
    file,
    session: options.session ?? newSession(),
    environment: options.environment ?? [],
    profiles: mergeProfiles(options.sources ?? []),
    settings: defaultSettings,
    variablePrecedence: options.variablePrecedence ?? 'file',
    overrides: options.overrides ?? [],
    ports: {
      files: memoryFiles(options.files ?? {}),
      now: () => now,
      randomInt: (min) => min,
      uuid: () => '00000000-0000-4000-8000-000000000000',
      processEnv: () => undefined,
      utcOffsetMinutes: () => 120,
      secret: async () => undefined,
      ask: async (question) => options.answer?.(question),
      openRequestFile: async (path) => {
        const content = options.files?.[path];
        const known = opened.get(path);
        if (known || typeof content !== 'string') return known;
        opened.set(path, { document: parse(content), file: fileOf(path) });
        return opened.get(path);
      },
      // Read when a test asks: every other test would pay for it.
      lookUpXml: async (xml, path) => (await import('../../src/node/query.ts')).lookUpXml(xml, path),
      ...options.ports,
    },
    signal: options.signal ?? new AbortController().signal,
    ...(options.bodyStore && { bodyStore: options.bodyStore }),
    runDependencies: options.runDependencies ?? 'ask',
    otherRun: async (target) => ({ ...input, ...target }),
  };
  return input;
}

function fileOf(path: string): OpenedFile['file'] {
  return { path, root: '/work', id: path.replace('/work/', '') };
}

export function newSession(): Session {
  let ids = 0;
  return createSession({
    key: { folder: '/work', profile: '-', name: 'default' },
    transport: createTransport({ now: Date.now }),
    jar: createCookieJar(),
    now: Date.now,
    newId: () => String((ids += 1)),
    yieldToIo: () => new Promise((resolve) => setImmediate(resolve)),
    sleep,
    crypto: nodeCrypto,
  });
}

function blockOf(document: HttpDocument, id: string | undefined): RequestBlock {
  const blocks = requestBlocks(document);
  const block = id === undefined ? blocks[0] : blocks.find((each) => requestId(each) === id);
  if (!block) throw new Error(`The text has no request ${id ?? ''}.`);
  return block;
}

/** A file port without a disk: `/work` is the only folder with an inside. */
function memoryFiles(given: Readonly<Record<string, string | Uint8Array>>): Files {
  const files = { ...given };
  const bytesOf = (path: string): Uint8Array | undefined => {
    const content = files[path];
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return {
    read: async (path) => bytesOf(path),
    size: async (path) => bytesOf(path)?.length,
    stream: async function* stream(path) {
      yield bytesOf(path) ?? new Uint8Array();
    },
    write: async (path, content, { overwrite }) => {
      if (files[path] !== undefined && !overwrite) return false;
      files[path] = await wholeOf(content);
      return true;
    },
    resolve: (base, reference) => posix.resolve(posix.dirname(base), reference.replaceAll('\\', '/')),
    isInside: async (path, root) => path.startsWith(`${root}/`),
  };
}

export async function wholeOf(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Everything a body sends, as Latin-1 text: one character a byte. */
export async function bodyText(body: { open(): AsyncIterable<Uint8Array> } | undefined): Promise<string | undefined> {
  if (!body) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}
