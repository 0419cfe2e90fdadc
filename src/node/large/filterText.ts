import { foundLimits, foundPieces, type BodyFilterResult } from '../../core/body/bodyFilter.ts';
import { jsonList } from '../../core/body/jsonList.ts';
import type { PathStep } from '../../core/body/pathSteps.ts';
import { PathStream } from '../../core/body/pathStream.ts';
import type { LargeText } from './largeText.ts';

/** What a path finds in a text that is all there, piece by piece. */
export class FilterText {
  readonly #text: LargeText;
  readonly #stream: PathStream;
  /** The byte order mark of UTF-8 is no part of the text. */
  readonly #start: number;
  #at: number;
  #result: BodyFilterResult | undefined;

  constructor(text: LargeText, steps: readonly PathStep[], isLines: boolean) {
    this.#text = text;
    const { file } = text;
    const start = file.piece(0).subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
    this.#start = start;
    this.#at = start;
    const read = (from: number, to: number): Uint8Array => file.read(start + from, start + to);
    this.#stream = new PathStream({ steps, isLines, mostFound: foundLimits.items, read });
  }

  /** What it found so far, also what is not kept. */
  get count(): number {
    return this.#stream.count;
  }

  /** From 0 to 1. */
  get searched(): number {
    return this.#result ? 1 : Math.min(0.999, this.#at / Math.max(1, this.#text.index.bytes));
  }

  /** Absent until all was looked through. */
  get result(): BodyFilterResult | undefined {
    return this.#result;
  }

  /** Looks through one more piece; false when it is done. */
  step(): boolean {
    if (this.#result) return false;
    const { file, index } = this.#text;
    const piece = file.piece(this.#at).subarray(0, index.bytes - this.#at);
    this.#stream.feed(piece);
    this.#at += piece.length;
    if (piece.length > 0 && this.#at < index.bytes && this.#stream.brokenAt === undefined) return true;
    this.#stream.finish();
    this.#result = this.#found();
    return false;
  }

  #found(): BodyFilterResult {
    const { found, count } = this.#stream;
    const pieces = found.map(({ start, end, place }) => ({
      place,
      length: end - start,
      text: () => this.#text.file.read(this.#start + start, this.#start + end).toString('utf8'),
    }));
    return foundPieces({ pieces, count, remarks: this.#remarks(), join: jsonList });
  }

  #remarks(): string[] {
    const { brokenAt, tooDeepAt, untested } = this.#stream;
    return [
      ...(brokenAt === undefined ? [] : [this.#brokenWords(brokenAt)]),
      ...(tooDeepAt === undefined
        ? []
        : [`What is nested too deeply at byte ${this.#start + tooDeepAt + 1} was not looked through.`]),
      ...(untested === 0 ? [] : [`Too large to be compared, more than 16 MB: ${untested}.`]),
    ];
  }

  #brokenWords(place: number): string {
    const isAtEnd = this.#start + place >= this.#text.index.bytes;
    if (isAtEnd) return 'The body ends before its JSON does.';
    return `The body is no JSON from byte ${this.#start + place + 1} on: that was not looked through.`;
  }
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
