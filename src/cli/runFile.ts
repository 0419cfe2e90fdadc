import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { RunFile } from '../core/run/run.ts';
import type { HttpDocument } from '../core/syntax/ast.ts';
import { parse } from '../core/syntax/parse.ts';
import { readRequestFile } from './readRequestFile.ts';
import { rootFolder } from './rootFolder.ts';

/** A request file of the command line, read and parsed. */
export interface RequestFile {
  /** As the user wrote it. */
  readonly name: string;
  readonly document: HttpDocument;
  readonly place: RunFile;
}

/** Throws a `UsageError` when the file cannot be read. */
export async function openRequestFile(name: string, rootOption: string | undefined): Promise<RequestFile> {
  const document = parse(await readRequestFile(name));
  return { name, document, place: placeOf(name, rootOption) };
}

function placeOf(name: string, rootOption: string | undefined): RunFile {
  if (name === '-') return { path: undefined, root: rootFolder(rootOption, '.'), id: '-' };
  const path = realpathSync(resolve(name));
  const root = rootFolder(rootOption, dirname(path));
  return { path, root, id: relative(root, path).split(sep).join('/') };
}
