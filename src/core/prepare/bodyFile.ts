import type { BodyPart } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import { writtenAs, writtenElsewhere } from '../variables/written.ts';
import { problem, type PrepareInput } from './prepareInput.ts';
import type { BodyPiece } from './requestBody.ts';
import { decodeText, encodeText } from './textEncoding.ts';
import { reasonOf } from '../text/reasonOf.ts';
import { sizeWords } from '../text/sizeWords.ts';

type FilePart = Extract<BodyPart, { kind: 'file' }>;

export interface LoadedFile {
  /** Absent when there is an error among the problems. */
  readonly piece: BodyPiece | undefined;
  readonly problems: readonly Problem[];
  readonly standIn: boolean;
}

/** Our choice: a text that is put into something, or has something put into it, is held in memory several times over. */
const textLimit = 16_000_000;

export interface BodyFileUse {
  /** Of `# @encoding`. */
  readonly encoding?: string | undefined;
  /** What is done with its text (`bodyFileText`), behind "A file that …"; absent: its bytes go out as they are. */
  readonly use?: string;
}

/** The content of a `< file` or `<@ file` line. A plain file is not read here: its bytes go out as they are, of any size. */
export async function bodyFile(
  part: FilePart,
  input: PrepareInput,
  { encoding, use }: BodyFileUse = {},
): Promise<LoadedFile> {
  const path = await input.resolver.resolve(writtenAs(part.path, input.document.text), 'path');
  if (path.problems.some((each) => each.severity === 'error') || path.standIn) {
    return { piece: undefined, problems: path.problems, standIn: path.standIn };
  }
  try {
    const found = await locate(path.text, part.path.span, input);
    if ('severity' in found) return failed([...path.problems, found]);
    const text = part.substitute ? 'has its placeholders filled in' : use;
    if (text !== undefined && found.size > textLimit)
      return failed([...path.problems, tooLarge(part, found.size, text)]);
    if (!part.substitute) return { piece: found, problems: path.problems, standIn: false };
    return await substituted(part, found.path, input, encoding);
  } catch (error) {
    // The file port throws with a sentence for the user (no permission, a folder in the place of a file).
    const message = reasonOf(error);
    return failed([problem('error', 'file-unreadable', part.path.span, `${message} Check the file and send again.`)]);
  }
}

/** The text of a piece that is put into something else (GraphQL, a query of curl). */
export async function bodyFileText(piece: BodyPiece, input: PrepareInput): Promise<string> {
  const bytes = piece instanceof Uint8Array ? piece : await input.files.read(piece.path);
  return new TextDecoder().decode(bytes);
}

/** C29: beside the file first, then below the root; outside of the root only when somebody allows it. */
async function locate(
  reference: string,
  span: Span,
  input: PrepareInput,
): Promise<{ path: string; size: number } | Problem> {
  const { files, file } = input;
  const bases = [...(file.path === undefined ? [] : [file.path]), `${file.root}/.`];
  const paths = [...new Set(bases.map((base) => files.resolve(base, reference)))];
  for (const path of paths) {
    const size = await files.size(path);
    if (size === undefined) continue;
    if ((await files.isInside(path, file.root)) || (await input.mayRead(path))) return { path, size };
    return problem(
      'error',
      'file-denied',
      span,
      `"${reference}" lies outside of the folder and nobody allowed it to be sent. Allow it when asked, or move it inside.`,
    );
  }
  return problem(
    'error',
    'file-not-found',
    span,
    `There is no file "${reference}", neither beside this file nor in its root folder. Create it or correct the path.`,
  );
}

async function substituted(
  part: FilePart,
  path: string,
  input: PrepareInput,
  encoding: string | undefined,
): Promise<LoadedFile> {
  const bytes = (await input.files.read(path)) ?? new Uint8Array();
  const text = decodeText(bytes, part.encoding);
  if (text === undefined) {
    const message = `"${part.encoding}" is not an encoding that can be read. Use utf-8, latin1 or utf-16le.`;
    return failed([problem('error', 'unknown-encoding', part.span, message)]);
  }
  const resolved = await input.resolver.resolve(writtenElsewhere(text, part.path.span), 'body');
  const encoded = encodeText(resolved.text, encoding);
  if (!encoded.ok)
    return failed([...resolved.problems, problem('error', 'unknown-encoding', part.span, encoded.message)]);
  return { piece: encoded.bytes, problems: resolved.problems, standIn: resolved.standIn };
}

function tooLarge({ path, substitute }: FilePart, size: number, use: string): Problem {
  const next = substitute ? `Write "< ${path.text}" to send it as it is, which takes any size` : 'Send less';
  return problem(
    'error',
    'file-too-large',
    path.span,
    `"${path.text}" has ${sizeWords(size)}. A file that ${use} may have ${sizeWords(textLimit)}. ${next}.`,
  );
}

function failed(problems: readonly Problem[]): LoadedFile {
  return { piece: undefined, problems, standIn: false };
}
