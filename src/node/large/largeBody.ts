import type { BodyAnswer, BodyAsk, BodyForm, BodyFormat, TextRow } from '../../core/body/bodyAsk.ts';
import { pathSteps } from '../../core/body/pathSteps.ts';
import type { BodyPlace } from '../bodyFolder.ts';
import { DerivedFile } from './derivedFile.ts';
import { FilterText } from './filterText.ts';
import { foldEnd } from './foldEnd.ts';
import { HexReader } from './hexReader.ts';
import { LargeText } from './largeText.ts';
import { SearchText } from './searchText.ts';
import { StoredFile } from './storedFile.ts';

/** A stored body, and what is made of it on the way. */
export interface LargeBodyHandle {
  readonly id: string;
  readonly place: BodyPlace;
  /** Where the body goes re-indented, and in UTF-8. */
  readonly pretty: BodyPlace;
  readonly recoded: BodyPlace;
  /** Absent: it is not re-indented. */
  readonly format?: BodyFormat | undefined;
  /** Absent: UTF-8. */
  readonly encoding?: string | undefined;
}

type Asked<Kind extends BodyAsk['kind']> = Extract<BodyAsk, { kind: Kind }>;

/** Our choice: more text than this is not for a clipboard. */
const mostCopied = 64 * 1024 * 1024;

/** One body in the thread that reads it: what is asked is answered at once, with what is known; the rest is done in steps. */
export class LargeBody {
  readonly #handle: LargeBodyHandle;
  readonly #file: StoredFile;
  readonly #recoded: DerivedFile | undefined;
  readonly #raw: LargeText;
  #pretty: DerivedFile | undefined;
  #wanted: BodyForm = 'raw';
  #hex: HexReader | undefined;
  #filter: { readonly path: string; readonly found: FilterText } | undefined;
  #search: { readonly form: BodyForm; readonly found: SearchText } | undefined;

  constructor(handle: LargeBodyHandle) {
    this.#handle = handle;
    this.#file = new StoredFile(handle.place);
    const { encoding } = handle;
    this.#recoded = encoding === undefined ? undefined : new DerivedFile(this.#file, handle.recoded, { encoding });
    this.#raw = this.#recoded?.text ?? new LargeText(this.#file);
  }

  reads({ format, encoding }: LargeBodyHandle): boolean {
    return this.#handle.format === format && this.#handle.encoding === encoding;
  }

  /** Does a piece of what is left to do, what was asked for last first; false when there is nothing. */
  step(): boolean {
    // Of bytes nobody wants to know where lines begin.
    if (this.#wanted === 'hex') return this.#hex?.step() ?? false;
    const search = this.#search;
    if (search && !this.#steps(search.form) && search.found.step()) return true;
    if (this.#filter && !this.#steps('raw') && this.#filter.found.step()) return true;
    return this.#steps(this.#wanted) || this.#steps('raw') || (this.#pretty?.step() ?? false);
  }

  answer(ask: BodyAsk): BodyAnswer {
    if ('form' in ask) this.#wanted = ask.form;
    if (this.#wanted === 'hex' && ask.kind !== 'filter') return (this.#hex ??= new HexReader(this.#file)).answer(ask);
    switch (ask.kind) {
      case 'lines':
        return this.#lines(ask);
      case 'search':
        return this.#begin(ask);
      case 'match':
        return this.#match(ask);
      case 'fold':
        return this.#fold(ask);
      case 'text':
        return this.#copy(ask);
      case 'filter':
        return this.#follow(ask);
    }
  }

  close(): void {
    this.#pretty?.close();
    this.#recoded?.close();
    this.#file.close();
  }

  #steps(form: BodyForm): boolean {
    if (form === 'pretty' && this.#pretty) return this.#pretty.step();
    return this.#recoded ? this.#recoded.step() : indexed(this.#raw);
  }

  #text(form: BodyForm): LargeText {
    if (form === 'raw' || this.#handle.format === undefined) return this.#raw;
    if (!this.#pretty) {
      // What is re-indented must be there in UTF-8, all of it.
      while (this.#recoded?.step());
      const source = this.#recoded?.text.file ?? this.#file;
      this.#pretty = new DerivedFile(source, this.#handle.pretty, { format: this.#handle.format });
    }
    return this.#pretty.text;
  }

  #lines({ form, line, count, column, width }: Asked<'lines'>): BodyAnswer {
    const text = this.#text(form);
    if (text.index.bytes === 0) this.#steps(form);
    const rows = text.rows(line, count, column, width).map((row) => ({ ...row, marks: this.#marks(form, text, row) }));
    const derived = form === 'pretty' ? this.#pretty : this.#recoded;
    const remark = derived?.remark;
    return {
      kind: 'lines',
      rows,
      state: {
        lines: text.index.breaks + 1,
        widest: text.index.widest,
        known: derived?.known ?? text.index.bytes / Math.max(1, this.#file.size),
        ...(remark !== undefined && { remark }),
      },
    };
  }

  #marks(form: BodyForm, text: LargeText, row: Omit<TextRow, 'marks'>): TextRow['marks'] {
    const search = this.#search;
    if (search?.form !== form || search.found.count === 0) return [];
    const start = text.lineStart(row.line) + row.from;
    const end = start + Buffer.byteLength(row.text);
    const marks: [number, number][] = [];
    for (let number = Math.max(0, search.found.firstFrom(start) - 1); ; number++) {
      const match = search.found.match(number);
      if (!match || match.offset >= end) return marks;
      const from = charactersTo(row.text, match.offset - start);
      const to = charactersTo(row.text, match.offset + match.bytes - start);
      if (to > from) marks.push([from, to]);
    }
  }

  #begin({ form, terms }: Asked<'search'>): BodyAnswer {
    this.#search = undefined;
    if (terms.text === '') return { kind: 'match', count: 0, searched: 1 };
    this.#search = { form, found: new SearchText(this.#text(form), terms) };
    return { kind: 'match', count: 0, searched: 0 };
  }

  #match({ at, step }: Asked<'match'>): BodyAnswer {
    if (!this.#search) return { kind: 'match', count: 0, searched: 1 };
    const { form, found } = this.#search;
    const text = this.#text(form);
    const isKnown = form === 'raw' || this.#pretty?.known === 1;
    const state = {
      kind: 'match',
      count: found.count,
      searched: isKnown ? found.searched : found.searched * 0.999,
    } as const;
    const first = typeof at === 'number' ? at : found.firstFrom(text.offsetOf(at));
    const number = found.count === 0 ? -1 : (first + step + found.count) % found.count;
    const match = found.match(number);
    if (!match) return state;
    return { ...state, match: { number, place: text.placeOf(match.offset), bytes: match.bytes } };
  }

  #fold({ form, line }: Asked<'fold'>): BodyAnswer {
    const end = foldEnd(this.#text(form), line);
    return { kind: 'fold', ...(end !== undefined && { end }) };
  }

  #follow({ path }: Asked<'filter'>): BodyAnswer {
    const { format } = this.#handle;
    if (this.#filter?.path !== path) this.#filter = undefined;
    if (path === '') return { kind: 'filter', count: 0, searched: 1 };
    const steps = this.#filter || format === 'xml' || format === undefined ? undefined : pathSteps(path);
    if (steps) this.#filter = { path, found: new FilterText(this.#raw, steps, format === 'json-lines') };
    if (!this.#filter) return { kind: 'unfollowed' };
    const { count, searched, result } = this.#filter.found;
    return { kind: 'filter', count, searched, ...(result && { result }) };
  }

  #copy({ form, from, to }: Asked<'text'>): BodyAnswer {
    const text = this.#text(form);
    const [start, end] = [text.offsetOf(from), text.offsetOf(to)].toSorted((a, b) => a - b) as [number, number];
    if (end - start > mostCopied) {
      return { kind: 'trouble', message: 'This is too large for the clipboard. Save the body, or select less.' };
    }
    return { kind: 'text', text: text.file.read(start, end).toString('utf8') };
  }
}

/** Looks through so much of a text that nobody who asks waits for it; false at its end. */
function indexed(text: LargeText): boolean {
  const piece = text.file.piece(text.index.bytes);
  text.index.add(piece);
  return text.index.bytes < text.file.size;
}

/** How many characters of `text` its first `bytes` are. */
function charactersTo(text: string, bytes: number): number {
  if (bytes <= 0) return 0;
  return Buffer.from(text, 'utf8').toString('utf8', 0, bytes).length;
}
