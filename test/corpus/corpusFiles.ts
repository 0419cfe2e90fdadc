import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const corpus = join(conformanceFolder, 'corpus');

/** The facts by `<owner>/<repo>/<path>`. */
export function readFacts(): ReadonlyMap<string, FileFacts> {
  const facts = JSON.parse(readFileSync(join(corpus, 'expected.json'), 'utf8')) as Record<string, FileFacts>;
  return new Map(Object.entries(facts));
}

/** The bytes of a file by its key: its folder is called `<owner>__<repo>`. */
export function readCorpusFile(key: string): Uint8Array {
  return readFileSync(join(corpus, 'files', key.replace('/', '__')));
}

/** Keys of all request files, whether facts are known of them or not. */
export function corpusKeys(): readonly string[] {
  const paths = readdirSync(join(corpus, 'files'), { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => /\.(http|rest)$/.test(path)).map((path) => path.replace('__', '/'));
}
