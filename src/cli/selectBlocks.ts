import type { Block, HttpDocument } from '../core/syntax/ast.ts';
import { canBeSent, findRequest, lineOfRequest, requestId, requestName, sendableAtLine } from '../core/syntax/query.ts';
import { didYouMean } from '../core/variables/nearestName.ts';
import { UsageError } from './usageError.ts';

/** A file given to `send`, parsed. `name` is what the user wrote. */
export interface GivenFile {
  readonly name: string;
  readonly document: HttpDocument;
}

/** One block to send, and the file it stands in. */
export interface Selected<File extends GivenFile> {
  readonly file: File;
  /** Has a request, or `run` lines that name some. */
  readonly block: Block;
}

export interface Selectors {
  readonly names: readonly string[];
  /** From 1. */
  readonly line: number | undefined;
  readonly all: boolean;
}

/** What to send, in order. Without a selector the only request; everything else that is not clear is wrong usage. */
export function selectBlocks<File extends GivenFile>(
  files: readonly File[],
  { names, line, all }: Selectors,
): readonly Selected<File>[] {
  if ([names.length > 0, line !== undefined, all].filter(Boolean).length > 1) {
    throw new UsageError('Use one of --name, --line and --all, not several.');
  }
  const requests = files.flatMap((file) => file.document.blocks.filter(canBeSent).map((block) => ({ file, block })));
  if (requests.length === 0) {
    throw new UsageError(`There is no request in ${namesOf(files)}. Write one, for example "GET https://example.com".`);
  }
  if (names.length > 0) return names.map((name) => selectNamed(files, requests, name));
  if (line !== undefined) return [selectAtLine(files, requests, line)];
  // `# @disabled` means: not with the others (GRAMMAR 3.1).
  if (all) return requests.filter(({ block }) => !block.tags.some(({ name }) => name === 'disabled'));
  if (requests.length === 1) return requests;
  throw new UsageError(
    `There are ${requests.length} requests in ${namesOf(files)}. Choose with --name, --line or --all:\n${listOf(requests)}`,
  );
}

function selectNamed<File extends GivenFile>(
  files: readonly File[],
  requests: readonly Selected<File>[],
  name: string,
): Selected<File> {
  for (const file of files) {
    const block = findRequest(file.document, name, Infinity);
    if (block) return { file, block };
  }
  const run = requests.find(({ block }) => requestId(block) === name);
  if (run) return run;
  const known = requests.flatMap(({ block }) => [requestName(block) ?? [], block.title?.text ?? []].flat());
  throw new UsageError(`No request is named "${name}".${didYouMean(name, known)} There are:\n${listOf(requests)}`);
}

function selectAtLine<File extends GivenFile>(
  files: readonly File[],
  requests: readonly Selected<File>[],
  line: number,
): Selected<File> {
  const [file, ...others] = files;
  if (!file || others.length > 0) throw new UsageError('--line needs exactly one file.');
  const { document, name } = file;
  if (line > document.lines.lineCount) {
    throw new UsageError(`${name} has ${document.lines.lineCount} lines; there is no line ${line}.`);
  }
  const block = sendableAtLine(document, line - 1);
  if (!block) throw new UsageError(`No request stands at line ${line} of ${name}. There are:\n${listOf(requests)}`);
  return { file, block };
}

function namesOf(files: readonly GivenFile[]): string {
  return files.map(({ name }) => (name === '-' ? 'standard input' : name)).join(', ');
}

/** `  demo.http:12  login  Log in`, one request a line; without a name, the request line. */
function listOf(requests: readonly Selected<GivenFile>[]): string {
  return requests
    .map(({ file, block }) => {
      const names = [requestName(block), block.title?.text].filter((name) => name !== undefined);
      const words = names.length > 0 ? [...new Set(names)].join('  ') : lineOf(block);
      return `  ${file.name}:${lineOfRequest(file.document, block) + 1}  ${words}`;
    })
    .join('\n');
}

/** What a block without a name is known by. */
function lineOf({ request, imports }: Block): string {
  if (request) return `${request.method.text} ${request.target.text}`;
  return imports.map(({ keyword, target }) => `${keyword} ${target.text}`).join(', ');
}
