import type { OpenedFile, RunFile, RunPorts } from './run.ts';
import type { HttpDocument } from './syntax/ast.ts';
import type { Problem } from './text/problem.ts';
import type { SpannedText } from './text/span.ts';

/** The files whose variables and requests a file sees beside its own. */
export interface Imports {
  /** In the order they were named, those of imported files behind them; each once, and never the file itself. */
  readonly files: readonly OpenedFile[];
  /** At the lines of the file itself, also for what is missing further on. */
  readonly problems: readonly Problem[];
}

export const noImports: Imports = { files: [], problems: [] };

/**
 * Opens what `import path` and `# @import path` name, and what those files import. A file that imports itself around a
 * corner is no mistake. One that is missing is an error at the line that names it.
 */
export async function loadImports(
  from: OpenedFile,
  ports: Pick<RunPorts, 'files' | 'openRequestFile'>,
): Promise<Imports> {
  if (importTargets(from.document).length === 0) return noImports;
  const files: OpenedFile[] = [];
  const problems: Problem[] = [];
  const seen = new Set([from.file.id]);
  const left: ImportLine[] = linesOf(from, undefined);
  // Grows while it is walked: what an imported file imports comes behind everything named before.
  for (const line of left) {
    const opened = await open(line, ports);
    if (typeof opened === 'string') problems.push(missingImport(line, opened));
    else if (!seen.has(opened.file.id)) {
      seen.add(opened.file.id);
      files.push(opened);
      left.push(...linesOf(opened, line.at));
    }
  }
  return { files, problems };
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

/** Beside the importing file first, then below the root, as body files are looked for (C29). A text says why there is none. */
async function open(
  { target, importer }: ImportLine,
  { files, openRequestFile }: Pick<RunPorts, 'files' | 'openRequestFile'>,
): Promise<OpenedFile | string> {
  const bases = [
    ...(importer.path === undefined ? [] : [importer.path]),
    ...(importer.root === '' ? [] : [`${importer.root}/.`]),
  ];
  try {
    for (const path of new Set(bases.map((base) => files.resolve(base, target.text)))) {
      const opened = await openRequestFile(path);
      if (opened) return opened;
    }
  } catch (error) {
    // The file port throws with a sentence for the user (no permission, a folder in the place of a file).
    return error instanceof Error ? error.message : String(error);
  }
  return `There is no file "${target.text}", neither beside ${importer.id} nor in its root folder.`;
}

function missingImport({ at, target }: ImportLine, reason: string): Problem {
  const through = at === target ? '' : `"${at.text}" imports it. `;
  const message = `${reason} ${through}Create it or correct the path.`;
  return { code: 'import-not-found', severity: 'error', span: at.span, message };
}

/** Remembered for each tree: a run of every block of a file would walk all its blocks each time. */
const targets = new WeakMap<HttpDocument, readonly SpannedText[]>();

function importTargets(document: HttpDocument): readonly SpannedText[] {
  const known = targets.get(document);
  if (known) return known;
  const found = document.blocks.flatMap((block) => [
    // `run #name` names a request and no file.
    ...block.imports.flatMap(({ target }) => (target.text.startsWith('#') ? [] : [withoutQuotes(target)])),
    ...block.tags.flatMap((tag) => (tag.name === 'import' && tag.value ? [withoutQuotes(tag.value)] : [])),
  ]);
  targets.set(document, found);
  return found;
}

function withoutQuotes({ text, span }: SpannedText): SpannedText {
  const quoted = /^(["'])(.+)\1$/.exec(text)?.[2];
  return { text: quoted ?? text, span };
}
