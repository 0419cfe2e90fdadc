import type { BodyAnswer, BodyAsk, SearchTerms, TextPlace, TextRow } from '../../core/body/bodyAsk.ts';
import { byteAtColumn, hexColumns, hexRow, hexRowBytes } from '../../core/body/hexRow.ts';
import { SearchText } from './searchText.ts';
import type { StoredFile } from './storedFile.ts';

type Asked<Kind extends BodyAsk['kind']> = Extract<BodyAsk, { kind: Kind }>;

/** Our choice: more rows than this are not for a clipboard. */
const mostCopied = 500_000;

/** The bytes of a file as rows of hexadecimal numbers: a line of it is sixteen bytes, so every place is known at once. */
export class HexReader {
  readonly #file: StoredFile;
  #search: SearchText | undefined;

  constructor(file: StoredFile) {
    this.#file = file;
  }

  /** Searches a piece further; false when there is nothing to do. */
  step(): boolean {
    return this.#search?.step() ?? false;
  }

  answer(ask: Exclude<BodyAsk, { kind: 'filter' }>): BodyAnswer {
    switch (ask.kind) {
      case 'lines':
        return this.#lines(ask);
      case 'search':
        this.#search = ask.terms.text === '' ? undefined : this.#searchFor(ask.terms);
        return { kind: 'match', count: 0, searched: this.#search ? 0 : 1 };
      case 'match':
        return this.#match(ask);
      case 'fold':
        return { kind: 'fold' };
      case 'text':
        return this.#copy(ask);
    }
  }

  get #count(): number {
    return Math.max(1, Math.ceil(this.#file.size / hexRowBytes));
  }

  #lines({ line, count, column, width }: Asked<'lines'>): BodyAnswer {
    const rows: TextRow[] = [];
    for (let at = line; at < Math.min(this.#count, line + count); at++) {
      const text = this.#row(at);
      const marks = this.#marks(at).flatMap(([start, end]) =>
        start < column ? [] : [[start - column, end - column] as const],
      );
      rows.push({ line: at, text: text.slice(column, column + width), from: column, bytes: text.length, marks });
    }
    return { kind: 'lines', rows, state: { lines: this.#count, widest: widestRow, known: 1 } };
  }

  #row(line: number): string {
    const start = line * hexRowBytes;
    return hexRow(this.#file.read(start, start + hexRowBytes), start);
  }

  #marks(line: number): (readonly [number, number])[] {
    const search = this.#search;
    if (!search || search.count === 0) return [];
    const start = line * hexRowBytes;
    const marks: (readonly [number, number])[] = [];
    for (let number = Math.max(0, search.firstFrom(start) - 1); ; number++) {
      const match = search.match(number);
      if (!match || match.offset >= start + hexRowBytes) return marks;
      const from = Math.max(0, match.offset - start);
      const to = Math.min(hexRowBytes, match.offset + match.bytes - start);
      if (to > from) marks.push(...hexColumns(from, to));
    }
  }

  #searchFor(terms: SearchTerms): SearchText {
    const { size: bytes } = this.#file;
    return new SearchText({ file: this.#file, index: { bytes } }, terms, { isBytes: true });
  }

  #match({ at, step }: Asked<'match'>): BodyAnswer {
    const search = this.#search;
    if (!search) return { kind: 'match', count: 0, searched: 1 };
    const { count, searched } = search;
    const first = typeof at === 'number' ? at : search.firstFrom(offsetOf(at));
    const number = count === 0 ? -1 : (first + step + count) % count;
    const match = search.match(number);
    if (!match) return { kind: 'match', count, searched };
    const line = Math.floor(match.offset / hexRowBytes);
    const from = match.offset - line * hexRowBytes;
    const [[start, end] = [0, 0]] = hexColumns(from, Math.min(hexRowBytes, from + match.bytes));
    return { kind: 'match', count, searched, match: { number, place: { line, column: start }, bytes: end - start } };
  }

  /** Rows as they are seen, without what is not selected of the first and the last one. */
  #copy({ from, to }: Asked<'text'>): BodyAnswer {
    const [first, last] = [from, to].toSorted((a, b) => a.line - b.line || a.column - b.column) as [
      TextPlace,
      TextPlace,
    ];
    const end = Math.min(last.line, this.#count - 1);
    if (end - first.line > mostCopied) {
      return { kind: 'trouble', message: 'This is too large for the clipboard. Save the body, or select less.' };
    }
    const rows: string[] = [];
    for (let line = first.line; line <= end; line++) {
      const row = this.#row(line);
      rows.push(row.slice(line === first.line ? first.column : 0, line === last.line ? last.column : row.length));
    }
    return { kind: 'text', text: rows.join('\n') };
  }
}

const widestRow = hexRow(new Uint8Array(hexRowBytes), 0).length;

function offsetOf({ line, column }: TextPlace): number {
  return line * hexRowBytes + byteAtColumn(column);
}
