import * as path from 'node:path';
import * as vscode from 'vscode';
import type { OpenedFile } from '../../core/run/run.ts';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import { parse } from '../../core/syntax/parse.ts';
import { decodeText } from '../../core/text/decode.ts';
import type { Engine } from '../loadEngine.ts';
import type { Documents } from './documents.ts';
import type { Place } from './place.ts';

/** Request files that other files import: as an editor has them, else as they are on disk. */
export class RequestFiles {
  readonly #engine: () => Engine;
  readonly #documents: Documents;
  readonly #read = new Map<string, { readonly text: string; readonly document: HttpDocument }>();

  constructor(engine: () => Engine, documents: Documents) {
    this.#engine = engine;
    this.#documents = documents;
  }

  /** The file at `filePath` as a neighbour of the one at `beside`: it is run in the same folder's session. */
  async open(filePath: string, beside: Place): Promise<OpenedFile | undefined> {
    const document = this.#inEditor(filePath) ?? (await this.#onDisk(filePath));
    return document && { document, file: neighbour(filePath, beside) };
  }

  #inEditor(filePath: string): HttpDocument | undefined {
    const uri = vscode.Uri.file(filePath).toString();
    const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
    return open && this.#documents.parse(open);
  }

  /** Read every time, because nobody tells when a file on disk changes; parsed only when it did. */
  async #onDisk(filePath: string): Promise<HttpDocument | undefined> {
    const bytes = await this.#engine().nodeFiles().read(filePath);
    if (bytes === undefined) {
      this.#read.delete(filePath);
      return undefined;
    }
    const { text } = decodeText(bytes);
    const known = this.#read.get(filePath);
    if (known?.text === text) return known.document;
    const document = parse(text);
    this.#read.set(filePath, { text, document });
    return document;
  }
}

function neighbour(filePath: string, { file: { root } }: Place): OpenedFile['file'] {
  const id = root === '' ? filePath : path.relative(root, filePath).split(path.sep).join('/');
  return { path: filePath, root, id };
}
