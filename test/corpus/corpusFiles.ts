import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isList, isObject, isText, type JsonObject } from '../../src/core/text/jsonShape.ts';
import { conformanceFolder } from '../conformance/conformanceFolder.ts';

/** What is known of one file by other means than this parser. Only facts that `uncertain` does not doubt may be compared. */
export interface FileFacts {
  readonly requestCount: number | null;
  readonly requestCountCertain: boolean;
  readonly requests: readonly RequestFacts[];
  readonly variables: readonly string[];
  readonly variablesInBody: readonly string[];
  readonly uncertain: readonly string[];
}

export interface RequestFacts {
  /** From 1. */
  readonly line: number;
  readonly method: string | null;
  readonly methodImplicit: boolean;
  readonly target: string;
  readonly headers: readonly string[];
  readonly hasBody: boolean;
  readonly name: string | null;
  readonly title: string | null;
  readonly meta: readonly string[];
  readonly uncertain: readonly string[];
  readonly titleUncertain?: boolean;
  readonly nameUncertain?: boolean;
}

/** A folder of request files, and what is known of them. Keys are `<owner>/<repo>/<path>`, or paths below the folder. */
export interface Corpus {
  /** Keys of all request files, whether facts are known of them or not. */
  readonly keys: readonly string[];
  readonly facts: ReadonlyMap<string, FileFacts>;
  /** The tool that a file is written for, as far as somebody has said. */
  readonly dialects: ReadonlyMap<string, string>;
  read(key: string): Uint8Array;
}

/** A folder or a file that cannot be used, in words for whoever named it. */
export class CorpusError extends Error {}

/**
 * Opens a corpus: `dir` holds the files, itself or in its folder `files`; the facts are in `expected`, else in `expected.json` of
 * the same place, and the dialects in `manifest.json` beside the facts. Facts may be missing altogether.
 */
export function openCorpus(dir = join(conformanceFolder, 'corpus'), expected?: string): Corpus {
  if (!isFolder(dir)) throw new CorpusError(`There is no folder ${dir}. Name one that holds .http or .rest files.`);
  const files = isFolder(join(dir, 'files')) ? join(dir, 'files') : dir;
  const factsFile = expected ?? beside(dir, 'expected.json');
  const manifest = beside(factsFile ? dirname(factsFile) : dir, 'manifest.json') ?? beside(dir, 'manifest.json');
  const facts = factsFile === undefined ? new Map<string, FileFacts>() : readFacts(factsFile);
  const paths = new Map(requestFiles(files).map((path) => [keyOf(path), path]));
  if (paths.size === 0 && facts.size === 0) throw new CorpusError(`${files} holds no .http or .rest file.`);
  return {
    keys: [...paths.keys()].toSorted(),
    facts,
    dialects: manifest === undefined ? new Map() : readDialects(manifest),
    read: (key) => readFileSync(join(files, paths.get(key) ?? key)),
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A file of the folder, or of the one above when the folder is the `files` of a corpus. */
function beside(dir: string, name: string): string | undefined {
  const folders = basename(dir) === 'files' ? [dir, dirname(dir)] : [dir];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function requestFiles(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => /\.(http|rest)$/i.test(path) && !isFolder(join(folder, path)));
}

/** A folder is called `<owner>__<repo>`; other paths are their own keys. */
function keyOf(path: string): string {
  const [first = '', ...rest] = path.split(/[\\/]/);
  return [rest.length === 0 ? first : first.replace('__', '/'), ...rest].join('/');
}

function readFacts(file: string): ReadonlyMap<string, FileFacts> {
  const facts = readJson(file);
  if (!isObject(facts)) throw new CorpusError(`${file} holds no facts: it is to be an object with a file in each key.`);
  const wrong = Object.entries(facts).find(([, value]) => !isFileFacts(value));
  if (wrong)
    throw new CorpusError(`${file} holds no facts of ${wrong[0]}: "requests" and "variables" are to be lists.`);
  return new Map(Object.entries(facts).map(([key, value]) => [key, completed(value as JsonObject)]));
}

function isFileFacts(value: unknown): value is JsonObject {
  if (!isObject(value) || !isList(value.requests) || !isList(value.variables)) return false;
  return value.requests.every((request) => isObject(request) && typeof request.line === 'number');
}

/** What a file leaves out is not doubted, and no list of it is longer than what it says. */
function completed(value: JsonObject): FileFacts {
  const requests = (value.requests as readonly JsonObject[]).map((request) => ({
    uncertain: [],
    headers: [],
    meta: [],
    ...request,
  }));
  const count = requests.length;
  return {
    requestCount: count,
    requestCountCertain: true,
    variablesInBody: [],
    uncertain: [],
    ...value,
    requests,
  } as unknown as FileFacts;
}

/** A list of `{ repo, path, dialectGuess }`. */
function readDialects(file: string): ReadonlyMap<string, string> {
  const entries = readJson(file);
  const known = (isList(entries) ? entries : []).flatMap((entry) =>
    isObject(entry) && isText(entry.path) && isText(entry.dialectGuess)
      ? [[isText(entry.repo) ? `${entry.repo}/${entry.path}` : entry.path, entry.dialectGuess] as const]
      : [],
  );
  return new Map(known);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CorpusError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
