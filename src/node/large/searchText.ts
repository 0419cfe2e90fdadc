import type { SearchTerms } from '../../core/body/bodyAsk.ts';
import type { StoredFile } from './storedFile.ts';

/** Places of more matches than this are not remembered; they are counted. */
const mostPlaces = 1_000_000;
const pieceBytes = 1024 * 1024;
/** A match that is longer than this may be missed where two pieces of a very long line meet. */
const overlap = 4096;

/** What is searched, and how much of it is there. */
export interface SearchedText {
  readonly file: StoredFile;
  readonly index: { readonly bytes: number };
}

/** Looks through a text piece by piece. Throws a sentence for an expression that cannot be read. */
export class SearchText {
  count = 0;
  readonly #text: SearchedText;
  /** Bytes are searched, not text: a character is a byte, and there are no lines. */
  readonly #isBytes: boolean;
  readonly #needle: Buffer | undefined;
  readonly #pattern: RegExp;
  #offsets = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #at = 0;
  /** Matches must begin behind it: what pieces share is looked through twice. */
  #from = 0;

  constructor(text: SearchedText, terms: SearchTerms, { isBytes = false } = {}) {
    this.#text = text;
    this.#isBytes = isBytes;
    this.#pattern = patternOf(isBytes ? { ...terms, text: Buffer.from(terms.text).toString('latin1') } : terms);
    const isPlain = terms.matchCase && !terms.wholeWord && !terms.isExpression;
    this.#needle = (isBytes ? writtenBytes(terms.text) : undefined) ?? (isPlain ? Buffer.from(terms.text) : undefined);
  }

  get searched(): number {
    return this.#text.index.bytes === 0 ? 1 : Math.min(1, this.#at / this.#text.index.bytes);
  }

  /** Looks through one more piece of what is there; false when there is no more of it. */
  step(): boolean {
    const { file, index } = this.#text;
    if (this.#at >= index.bytes) return false;
    const whole = file.read(this.#at, Math.min(index.bytes, this.#at + pieceBytes));
    const end = this.#at + whole.length;
    const lineEnd = end >= index.bytes ? whole.length : this.#isBytes ? 0 : whole.lastIndexOf(0x0a) + 1;
    const piece = lineEnd > 0 ? whole.subarray(0, lineEnd) : whole;
    if (this.#needle) this.#findBytes(piece, this.#needle);
    else this.#findPattern(piece);
    this.#at += lineEnd > 0 || end >= index.bytes ? piece.length : piece.length - overlap;
    return this.#at < index.bytes;
  }

  /** Number of the first match that begins at `offset` or behind it. */
  firstFrom(offset: number): number {
    let low = 0;
    let high = this.#known;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  match(number: number): { readonly offset: number; readonly bytes: number } | undefined {
    if (number < 0 || number >= this.#known) return undefined;
    return { offset: this.#offsets[number] ?? 0, bytes: this.#lengths[number] ?? 0 };
  }

  get #known(): number {
    return Math.min(this.count, mostPlaces);
  }

  #findBytes(piece: Buffer, needle: Buffer): void {
    for (let at = piece.indexOf(needle); at >= 0; at = piece.indexOf(needle, at + needle.length)) {
      this.#found(this.#at + at, needle.length);
    }
  }

  #findPattern(piece: Buffer): void {
    const text = piece.toString(this.#isBytes ? 'latin1' : 'utf8');
    const isAscii = text.length === piece.length;
    let bytesTo = 0;
    let charsTo = 0;
    this.#pattern.lastIndex = 0;
    for (let found = this.#pattern.exec(text); found; found = this.#pattern.exec(text)) {
      const [matched] = found;
      if (matched === '') {
        this.#pattern.lastIndex++;
        continue;
      }
      bytesTo += isAscii ? found.index - charsTo : Buffer.byteLength(text.slice(charsTo, found.index));
      charsTo = found.index;
      this.#found(this.#at + bytesTo, isAscii ? matched.length : Buffer.byteLength(matched));
    }
  }

  #found(offset: number, bytes: number): void {
    if (offset < this.#from) return;
    this.#from = offset + bytes;
    if (this.count < mostPlaces) this.#remember(offset, bytes);
    this.count++;
  }

  #remember(offset: number, bytes: number): void {
    if (this.count === this.#offsets.length) {
      const [offsets, lengths] = [this.#offsets, this.#lengths];
      this.#offsets = new Float64Array(offsets.length * 2);
      this.#lengths = new Uint32Array(offsets.length * 2);
      this.#offsets.set(offsets);
      this.#lengths.set(lengths);
    }
    this.#offsets[this.count] = offset;
    this.#lengths[this.count] = bytes;
  }
}

/** `0x4f6b` or `4f 6b`. */
function writtenBytes(text: string): Buffer | undefined {
  const digits = /^\s*(?:0x((?:[\da-f]{2}\s*)+)|((?:[\da-f]{2}\s+)+[\da-f]{2})\s*)$/i.exec(text);
  const found = digits?.[1] ?? digits?.[2];
  return found === undefined ? undefined : Buffer.from(found.replaceAll(/\s/g, ''), 'hex');
}

function patternOf({ text, matchCase, wholeWord, isExpression }: SearchTerms): RegExp {
  const source = isExpression ? text : text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  const bounded = wholeWord ? String.raw`(?<![\p{L}\p{N}_])(?:${source})(?![\p{L}\p{N}_])` : source;
  try {
    return new RegExp(bounded, matchCase ? 'gmu' : 'gimu');
  } catch {
    throw new Error('This is no regular expression: correct it, or switch “Regular expression” off.');
  }
}
