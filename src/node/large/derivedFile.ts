import { closeSync, openSync, writeSync } from 'node:fs';
import type { BodyFormat } from '../../core/body/bodyAsk.ts';
import { ByteSink } from '../../core/body/byteSink.ts';
import { streamJson, type StreamPrinter } from '../../core/body/streamJson.ts';
import { streamXml } from '../../core/body/streamXml.ts';
import type { BodyPlace } from '../bodyFolder.ts';
import { bodyCipher, type BodyCipher } from '../bodyCipher.ts';
import { isDiskFull } from '../bodySink.ts';
import { letGo } from '../letGo.ts';
import { LargeText } from './largeText.ts';
import { StoredFile } from './storedFile.ts';

export type Derivation = { readonly format: BodyFormat } | { readonly encoding: string };

/** Makes a second file of a stored body, re-indented or in UTF-8, piece by piece: what was made can be looked at meanwhile. */
export class DerivedFile {
  readonly text: LargeText;
  /** Why the text is not all that it should be, in a sentence. */
  remark: string | undefined;
  readonly #source: StoredFile;
  readonly #file: number;
  readonly #cipher: BodyCipher;
  readonly #sink: ByteSink;
  readonly #printer: StreamPrinter;
  #readTo = 0;
  #carry: Buffer = Buffer.alloc(0);
  #isDone = false;

  constructor(source: StoredFile, place: BodyPlace, derivation: Derivation) {
    this.#source = source;
    this.#file = openSync(place.path, 'w', 0o600);
    this.#cipher = bodyCipher(place.key);
    this.#sink = new ByteSink((piece) => this.#write(piece));
    this.#printer = printerOf(derivation, this.#sink);
    this.text = new LargeText(new StoredFile(place));
  }

  /** From 0 to 1. */
  get known(): number {
    return this.#isDone ? 1 : Math.min(0.999, this.#readTo / Math.max(1, this.#source.size));
  }

  /** Makes one more piece; false when there is no more to do. */
  step(): boolean {
    if (this.#isDone) return false;
    try {
      this.#isDone = this.#step();
    } catch (error) {
      this.#isDone = true;
      const why = isDiskFull(error) ? 'the disk is full' : String(error);
      this.remark = `Not all of it could be made ready (${why}). “Raw” shows the body as it came.`;
    }
    if (this.#isDone) closeSync(this.#file);
    return !this.#isDone;
  }

  close(): void {
    if (!this.#isDone) closeSync(this.#file);
    this.#isDone = true;
    this.text.file.close();
  }

  /** True at the end. */
  #step(): boolean {
    const piece = this.#source.piece(this.#readTo);
    const whole = this.#carry.length === 0 ? piece : Buffer.concat([this.#carry, piece]);
    const isLast = this.#readTo + piece.length >= this.#source.size || piece.length === 0;
    const text = this.#readTo === 0 && isMarked(whole) ? whole.subarray(3) : whole;
    this.#readTo += piece.length;
    const used = this.#printer.print(text, isLast);
    this.#carry = Buffer.from(text.subarray(used));
    this.#sink.flush();
    const { brokenAt } = this.#printer;
    if (brokenAt !== undefined) {
      this.remark ??= `This breaks the rules of its format at byte ${brokenAt + 1}: from there on it stands as it came.`;
    }
    return isLast;
  }

  #write(piece: Uint8Array): void {
    const start = this.text.index.bytes;
    const encrypted = this.#cipher.at(start, piece);
    for (let at = 0; at < encrypted.length;) {
      at += writeSync(this.#file, encrypted, at, encrypted.length - at, start + at);
    }
    letGo(encrypted);
    this.text.index.add(piece);
  }
}

/** The byte order mark of UTF-8 is no part of the text. */
function isMarked(text: Buffer): boolean {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
}

function printerOf(derivation: Derivation, sink: ByteSink): StreamPrinter {
  if ('encoding' in derivation) return recoder(derivation.encoding, sink);
  return derivation.format === 'xml' ? streamXml(sink) : streamJson(sink, derivation.format === 'json-lines');
}

function recoder(encoding: string, sink: ByteSink): StreamPrinter {
  const decoder = new TextDecoder(encoding);
  return {
    brokenAt: undefined,
    print(piece, isLast) {
      const bytes = Buffer.from(decoder.decode(piece, { stream: !isLast }), 'utf8');
      sink.bytes(bytes, 0, bytes.length);
      return piece.length;
    },
  };
}
