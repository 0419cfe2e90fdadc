import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** One import or re-export statement, type-only ones and `import()` included. */
export interface Import {
  /** Importing file, relative to the repository, for example `src/core/run.ts`. */
  readonly file: string;
  readonly line: number;
  /** As written between the quotes. */
  readonly specifier: string;
  /** The imported file relative to the repository, or the specifier itself for packages and `node:` modules. */
  readonly target: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

const statement = /^[ \t]*(import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const call = /\b(?:import|require)\(\s*['"`]([^'"`]+)['"`]\s*\)/g;

/** Every import below `folder`, read from the text: comments are blanked first, so a mention in prose does not count. */
export function importsBelow(folder: string): readonly Import[] {
  return sourceFiles(folder).flatMap(importsOf);
}

/** TypeScript files below `folder`, with `/`, sorted. */
export function sourceFiles(folder: string): readonly string[] {
  return globSync(`${folder}/**/*.{ts,tsx}`)
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();
}

/** Source with its comments replaced by blanks of the same length, so that offsets and lines stay. */
export function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(^|[\s;{(,])\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}

/** Imports of one source text; `file` decides where relative specifiers lead. */
export function importsIn(file: string, text: string): readonly Import[] {
  const source = withoutComments(text);
  const statements = [...source.matchAll(statement)].map((match) => ({
    at: match.index,
    specifier: match[3] ?? match[4] ?? '',
    typeOnly: /^\s+type\b/.test(match[2] ?? ''),
  }));
  // A call inside a type (`import('./x.ts').X`) looks the same here; it counts as a run-time import, which is the strict reading.
  const calls = [...source.matchAll(call)].map((match) => ({
    at: match.index,
    specifier: match[1] ?? '',
    typeOnly: false,
  }));
  return [...statements, ...calls].map(({ at, specifier, typeOnly }) => ({
    file,
    line: source.slice(0, at).split('\n').length,
    specifier,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier,
    typeOnly,
  }));
}

function importsOf(file: string): readonly Import[] {
  return importsIn(file, readFileSync(file, 'utf8'));
}
