import type { OpenedFile, RunFile, RunInput, RunPorts } from './run.ts';
import type { Block, HttpDocument } from '../syntax/ast.ts';
import { runLines } from '../syntax/runLine.ts';
import { templatesIn } from '../syntax/template.ts';
import type { Problem } from '../text/problem.ts';
import type { SpannedText } from '../text/span.ts';
import { buildScope, type VariableScope } from '../variables/scope.ts';
import { reasonOf } from '../text/reasonOf.ts';

/** The files whose variables and requests a file sees beside its own. */
export interface Imports {
  /** In the order they were named, those of imported files behind them; each once, and never the file itself. */
  readonly files: readonly OpenedFile[];
  /** At the lines of the file itself, also for what is missing further on. */
  readonly problems: readonly Problem[];
  /** What a path as written in one of these files, or in the file itself, led to. */
  fileAt(path: string, importer: RunFile): OpenedFile | undefined;
}

export const noImports: Imports = { files: [], problems: [], fileAt: () => undefined };

/** What opening imports asks of the host. */
interface ImportPorts extends Pick<RunPorts, 'files' | 'openRequestFile'> {
  /** Whether a file outside of the root may be read: what stands in it could be sent. */
  mayRead(path: string): Promise<boolean>;
}

/** A block and all that its variables come from: a path may hold some of them. */
export type Importing = Omit<RunInput, 'signal' | 'ports' | 'otherRun' | 'block'> & { readonly block: Block };

/** The imports of a block that is sent now: a person is asked where somebody must allow it. */
export function importsOf(input: Importing & Pick<RunInput, 'ports'>): Promise<Imports> {
  const { ports, file } = input;
  return opened(input, {
    ...ports,
    mayRead: async (path) => (await ports.ask({ kind: 'file-outside-root', path, root: file.root })) === 'yes',
  });
}

/** The imports of a block that is only looked at: nothing is sent, so nobody is asked. */
export function loadImports(from: Importing, ports: Omit<ImportPorts, 'mayRead'>): Promise<Imports> {
  return opened(from, { ...ports, mayRead: async () => true });
}

/**
 * Opens what `import path` and `# @import path` name, and what those files import. A file that imports itself around a
 * corner is no mistake. One that is missing is an error at the line that names it.
 */
async function opened(from: Importing, ports: ImportPorts): Promise<Imports> {
  if (importTargets(from.document).length === 0) return noImports;
  const files: OpenedFile[] = [];
  const problems: Problem[] = [];
  const seen = new Set([from.file.id]);
  const led = new Map<string, OpenedFile>();
  const left: ImportLine[] = linesOf(from, undefined);
  // Grows while it is walked: what an imported file imports comes behind everything named before.
  for (const line of left) {
    const reference = withVariables(line.target.text, () => scopeOf(from, files));
    const file = await open(reference, line.importer, ports);
    if ('code' in file) {
      problems.push(problemOf(line, file));
      continue;
    }
    led.set(keyOf(line.target.text, line.importer), file);
    if (!seen.has(file.file.id)) {
      seen.add(file.file.id);
      files.push(file);
      left.push(...linesOf(file, line.at));
    }
  }
  return { files, problems, fileAt: (path, importer) => led.get(keyOf(path, importer)) };
}

function keyOf(path: string, importer: RunFile): string {
  return `${importer.id}\n${path}`;
}

interface ImportLine {
  readonly target: SpannedText;
  readonly importer: RunFile;
  /** The line of the first file that led here. */
  readonly at: SpannedText;
}

function linesOf({ document, file }: OpenedFile, at: SpannedText | undefined): ImportLine[] {
  return importTargets(document).map((target) => ({ target, importer: file, at: at ?? target }));
}

/** The names in sight where an import stands: those of files that were imported before it, and not its own. */
export function scopeOf(from: Importing, imported: readonly OpenedFile[]): VariableScope {
  const sessionVariables = from.session.variables();
  return buildScope({ ...from, path: from.file.path, imported, prompts: [], sessionVariables });
}

/** Plain variables only: what is read or run must not wait for a question or a response. What has no value stays as it is. */
export function withVariables(text: string, scope: () => VariableScope, depth = 0): string {
  const templates = text.includes('{{') && depth < deepest ? templatesIn(text) : [];
  return templates.reduceRight((result, { span, inner }) => {
    const binding = scope().lookup(inner.text)?.winner;
    if (!binding) return result;
    const value = binding.template ? withVariables(binding.value, scope, depth + 1) : binding.value;
    return result.slice(0, span.start) + value + result.slice(span.end);
  }, text);
}

/** Variables that need each other end here. */
const deepest = 10;

interface Trouble {
  readonly code: 'import-not-found' | 'import-unreadable' | 'import-denied';
  readonly message: string;
}

/** Beside the importing file first, then below the root, as body files are looked for (C29). */
async function open(reference: string, importer: RunFile, ports: ImportPorts): Promise<OpenedFile | Trouble> {
  const { path: own, root, id } = importer;
  const bases = [...(own === undefined ? [] : [own]), ...(root === '' ? [] : [`${root}/.`])];
  try {
    for (const path of new Set(bases.map((base) => ports.files.resolve(base, reference)))) {
      const opened = await ports.openRequestFile(path);
      if (!opened) continue;
      if ((await ports.files.isInside(path, root)) || (await ports.mayRead(path))) return opened;
      const message = `"${reference}" lies outside of the folder and nobody allowed it to be read. Allow it when asked, or move it inside.`;
      return { code: 'import-denied', message };
    }
  } catch (error) {
    // The file port throws with a sentence for the user (no permission, a folder in the place of a file).
    const message = reasonOf(error);
    return { code: 'import-unreadable', message: `${message} Check the file, or correct the path.` };
  }
  const message = `There is no file "${reference}", neither beside ${id} nor in its root folder. Create it or correct the path.`;
  return { code: 'import-not-found', message };
}

function problemOf({ at, target }: ImportLine, { code, message }: Trouble): Problem {
  const through = at === target ? '' : `"${at.text}" imports a file that cannot be used: `;
  return { code, severity: 'error', span: at.span, message: `${through}${message}` };
}

/** Remembered for each tree: a run of every block of a file would walk all its blocks each time. */
const targets = new WeakMap<HttpDocument, readonly SpannedText[]>();

function importTargets(document: HttpDocument): readonly SpannedText[] {
  const known = targets.get(document);
  if (known) return known;
  const found = document.blocks.flatMap((block) => [
    // `import #name` is no path.
    ...block.imports.flatMap(({ keyword, target }) =>
      keyword === 'import' && !target.text.startsWith('#') ? [withoutQuotes(target)] : [],
    ),
    // What a file that is run defines is known here: requests that use its responses come behind `run ./login.http`.
    ...runLines(block).flatMap(({ target, isFile }) => (isFile ? [withoutQuotes(target)] : [])),
    ...block.tags.flatMap((tag) => (tag.name === 'import' && tag.value ? [withoutQuotes(tag.value)] : [])),
  ]);
  targets.set(document, found);
  return found;
}

export function withoutQuotes({ text, span }: SpannedText): SpannedText {
  const quoted = /^(["'])(.+)\1$/.exec(text)?.[2];
  return { text: quoted ?? text, span };
}
