import type { Files } from '../files.ts';
import { keptContent, type KeptContent } from '../http/keptContent.ts';
import type { RunInput } from './run.ts';
import { problem } from '../prepare/prepareInput.ts';
import type { Exchange } from '../session/exchange.ts';
import type { Block } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { reasonOf } from '../text/reasonOf.ts';
import type { Span, SpannedText } from '../text/span.ts';
import type { Resolver } from '../variables/resolve.ts';
import { writtenAs } from '../variables/written.ts';

/** A file that takes the response of a block, found before it is sent. */
export interface ResponseFile {
  /** As written, with its placeholders filled in. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** `>>!`; else a file that is there stays, and the new one gets a number (C25). */
  readonly overwrite: boolean;
  readonly span: Span;
}

/**
 * Where `>> path`, `>>! path` and `# @save path` of a block lead. A path that cannot be resolved or that leaves the folder is an error, so
 * that nothing is sent whose response would then be lost.
 */
export async function responseFiles(
  input: RunInput,
  resolver: Resolver,
): Promise<{ readonly files: readonly ResponseFile[]; readonly problems: readonly Problem[] }> {
  const files: ResponseFile[] = [];
  const problems: Problem[] = [];
  for (const { written, overwrite } of writtenPaths(input.block)) {
    const resolved = await resolver.resolve(writtenAs(written, input.document.text), 'path');
    problems.push(...resolved.problems);
    if (resolved.standIn || resolved.problems.some(({ severity }) => severity === 'error')) continue;
    const place = { name: resolved.text.trim(), overwrite, span: written.span };
    const isNameable = !place.name.includes('\0');
    const path = isNameable ? await pathFor(place.name, input) : undefined;
    if (path !== undefined) files.push({ ...place, path });
    else problems.push(isNameable ? outside(place) : unnameable(place.span));
  }
  return { files, problems: [...problems, ...unnamed(input.block)] };
}

/** Writes the body of the last hop, of any size. Returns the names that it got, and what went wrong: the response itself is there all the same. */
export async function saveResponse(
  { ports: { files }, bodyStore }: Pick<RunInput, 'ports' | 'bodyStore'>,
  places: readonly ResponseFile[],
  { outcome, hops }: Exchange,
): Promise<{ readonly saved: readonly string[]; readonly problems: readonly Problem[] }> {
  const body = hops.at(-1)?.response?.body;
  const saved: string[] = [];
  const problems: Problem[] = [];
  if (outcome !== 'completed' || body === undefined) return { saved, problems };
  for (const place of places) {
    try {
      const { content, length, isWhole } = keptContent(body, bodyStore);
      saved.push(await written(place, content, files));
      if (!isWhole) problems.push(inPart(place, length));
    } catch (error) {
      const message = `The response was not saved. ${reasonOf(error)} Correct the path and send again.`;
      problems.push(problem('warning', 'response-not-saved', place.span, message));
    }
  }
  return { saved, problems };
}

/** Whether a block names files that take its response. */
export function savesResponse(block: Block): boolean {
  return writtenPaths(block).length > 0;
}

function writtenPaths({ outputs, tags }: Block): { readonly written: SpannedText; readonly overwrite: boolean }[] {
  return [
    ...tags.flatMap(({ name, value }) => (name === 'save' && value ? [{ written: value, overwrite: false }] : [])),
    // `<>` names an earlier response, and JetBrains writes it itself: nothing is done with it.
    ...outputs.flatMap(({ marker, path }) => (marker === '<>' ? [] : [{ written: path, overwrite: marker === '>>!' }])),
  ];
}

/** Beside the file, as JetBrains and httpYac have it; `undefined` outside of its folder. */
async function pathFor(name: string, { file, ports: { files } }: RunInput): Promise<string | undefined> {
  const path = files.resolve(file.path ?? `${file.root}/.`, name);
  return (await files.isInside(path, file.root)) ? path : undefined;
}

function outside({ name, span }: Pick<ResponseFile, 'name' | 'span'>): Problem {
  const message = `"${name}" lies outside of the folder, and a response is saved inside it alone. Write a path inside the folder.`;
  return problem('error', 'file-denied', span, message);
}

function unnameable(span: Span): Problem {
  return problem('error', 'file-denied', span, 'This path holds a NUL character, and no file is called so. Remove it.');
}

function unnamed({ tags }: Block): readonly Problem[] {
  return tags
    .filter(({ name, value }) => name === 'save' && value === undefined)
    .map(({ span }) =>
      problem('warning', 'bad-tag-value', span, 'Say where to save, for example "# @save ./response.json".'),
    );
}

/** C25: `a.json`, and when it is there `a-1.json`, `a-2.json`, … */
async function written(
  { name, path, overwrite }: ResponseFile,
  content: KeptContent['content'],
  files: Files,
): Promise<string> {
  for (let number = 0; number < mostNumbers; number++) {
    if (await files.write(numbered(path, number), content(), { overwrite })) return numbered(name, number);
  }
  throw new Error(`There are ${mostNumbers} files "${numbered(name, 1)}", "${numbered(name, 2)}" and so on.`);
}

const mostNumbers = 10_000;

function numbered(path: string, number: number): string {
  return number === 0 ? path : path.replace(/(?<=[^\\/])(\.[^.\\/]*)?$/, (extension) => `-${number}${extension}`);
}

function inPart({ name, span }: ResponseFile, length: number): Problem {
  const message = `Only the first ${length} bytes of the response were kept, and "${name}" holds no more. Raise the limit of bodies and send again.`;
  return problem('warning', 'response-saved-in-part', span, message);
}
