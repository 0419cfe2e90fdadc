import type { HttpDocument, RequestBlock } from '../core/syntax/ast.ts';
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
  readonly block: RequestBlock;
}

export interface Selectors {
  readonly names: readonly string[];
  /** From 1. */
  readonly line: number | undefined;
  readonly all: boolean;
}

/** What to send, in order. Without a selector the only request; everything else that is not clear is wrong usage. */
export function selectBlocks<File extends GivenFile>(files: readonly File[], selectors: Selectors): Selected<File>[] {
  const kinds = [selectors.names.length > 0, selectors.line !== undefined, selectors.all].filter(Boolean);
  if (kinds.length > 1) throw new UsageError('Use one of --name, --line and --all, not several.');
  const requests = files.flatMap((file) => requestBlocks(file.document).map((block) => ({ file, block })));
  if (selectors.names.length > 0) return selectors.names.map((name) => selectNamed(requests, name));
  if (selectors.line !== undefined) return [selectAtLine(files, selectors.line)];
  const where = files.map(({ name }) => name).join(', ');
  if (requests.length === 0) {
    throw new UsageError(`There is no request in ${where}. Write one, for example "GET https://example.com".`);
  }
  // `# @disabled` means: not with the others (GRAMMAR 3.1).
  if (selectors.all) return requests.filter(({ block }) => !block.tags.some(({ name }) => name === 'disabled'));
  if (requests.length === 1) return requests;
  throw new UsageError(
    `There are ${requests.length} requests in ${where}. Choose with --name, --line or --all:\n${listOf(requests)}`,
  );
}

/** The id comes first: `# @name` of one request may be the title of another. */
function selectNamed<File extends GivenFile>(requests: readonly Selected<File>[], name: string): Selected<File> {
  const found =
    requests.find(({ block }) => nameTag(block) === name) ??
    requests.find(({ block }) => block.title?.text === name) ??
    requests.find(({ block }) => alias(nameTag(block) ?? block.title?.text ?? '') === name);
  if (found) return found;
  const names = requests.flatMap(({ block }) => [nameTag(block) ?? [], block.title?.text ?? []].flat());
  const list = requests.length === 0 ? '' : ` There are:\n${listOf(requests)}`;
  throw new UsageError(`No request is named "${name}".${didYouMean(name, names)}${list}`);
}

function selectAtLine<File extends GivenFile>(files: readonly File[], line: number): Selected<File> {
  const [file, ...others] = files;
  if (!file || others.length > 0) throw new UsageError('--line needs exactly one file.');
  const { lines, blocks } = file.document;
  if (line > lines.lineCount) throw new UsageError(`${file.name} has only ${lines.lineCount} lines.`);
  const offset = lines.startOf(line - 1);
  const block = blocks.findLast(({ span }) => span.start <= offset);
  if (!block?.request) {
    const known = requestBlocks(file.document).map((each) => ({ file, block: each }));
    throw new UsageError(`No request stands at line ${line} of ${file.name}. There are:\n${listOf(known)}`);
  }
  return { file, block: block as RequestBlock };
}

export function requestBlocks(document: HttpDocument): RequestBlock[] {
  return document.blocks.filter((block): block is RequestBlock => block.kind === 'request');
}

/** Ids with blanks can be written with `_` instead (C3). */
function alias(id: string): string {
  return id.replace(/\W/g, '_');
}

function nameTag(block: RequestBlock): string | undefined {
  return block.tags.find(({ name }) => name === 'name')?.value?.text;
}

/** `  demo.http:12  login  Log in`, one request a line; without a name, the request line. */
function listOf(requests: readonly Selected<GivenFile>[]): string {
  return requests
    .map(({ file, block }) => {
      const line = file.document.lines.lineAt(block.request.line.start) + 1;
      const { method, target } = block.request;
      const names = [nameTag(block), block.title?.text].filter((name) => name !== undefined);
      const words = names.length > 0 ? [...new Set(names)].join('  ') : `${method.text} ${target.text}`;
      return `  ${file.name}:${line}  ${words}`;
    })
    .join('\n');
}
