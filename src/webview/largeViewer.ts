/** Entry of dist/largeViewer.js: shows a text of any size, of which only the lines near the screen are here. */
import type { BodyForm, TextPlace, TextRow } from '../core/body/bodyAsk.ts';
import { hexRowBytes } from '../core/body/hexRow.ts';
import { FindBar } from './large/findBar.ts';
import { Folds } from './large/folds.ts';
import { readingKey } from './large/readingKey.ts';
import { drawRow, element, pendingRow, type RowScene, type TextRange } from './large/rows.ts';
import { RowStore } from './large/rowStore.ts';
import { besideIt, placeAt, Selecting, wordAt } from './large/selecting.ts';
import { Scrolling } from './large/scrolling.ts';
import type { CreateLargeViewer, LargeViewer, LargeViewerOptions } from './largeViewerApi.ts';

export const create: CreateLargeViewer = (parent, options) => new VirtualViewer(parent, options);

/** Rows kept above and below the screen. */
const margin = 40;
/** Columns are fetched in steps of so many, and twice as many more than are seen. */
const columnStep = 1024;
/** Room for the numbers of lines, and a little behind the longest line. */
const gutterColumns = 16;

class VirtualViewer implements LargeViewer {
  readonly #options: LargeViewerOptions;
  readonly #scroller = element('div', 'large-scroller');
  readonly #space = element('div', 'large-space');
  readonly #layer = element('div', 'large-layer');
  readonly #status = element('p', 'large-status');
  readonly #scrolling: Scrolling;
  readonly #find: FindBar;
  readonly #store: RowStore;
  readonly #selecting = new Selecting();
  readonly #resized: ResizeObserver;
  #form: BodyForm;
  #folds = new Folds();
  #found: TextRange | undefined;
  #notice = '';
  #frame = 0;
  #isReady = false;

  constructor(parent: HTMLElement, options: LargeViewerOptions) {
    this.#options = options;
    this.#form = options.form;
    this.#store = new RowStore({
      ask: options.ask,
      onChange: () => this.#draw(),
      onTrouble: (message) => this.#say(message),
    });
    this.#find = new FindBar({
      ask: options.ask,
      text: options.text,
      form: () => this.#form,
      from: () => ({ line: this.#folds.lineOf(Math.floor(this.#scrolling.top)), column: 0 }),
      onMatch: (match) => {
        this.#found = match && rangeOf(match.place, match.bytes);
        if (match) this.#reveal(match.place);
        this.#draw();
      },
      onMarks: () => this.#store.refresh(),
      onLine: ({ line, column }, columns) => {
        const place = { line: Math.min(line, this.#store.state.lines - 1), column };
        this.#found = columns === 0 ? undefined : rangeOf(place, columns);
        this.#reveal(place);
        this.#scroller.focus();
      },
      onClose: () => this.#scroller.focus(),
    });
    this.#scrolling = new Scrolling({
      node: this.#scroller,
      extent: () => ({
        rows: this.#folds.rowsOf(this.#lines),
        columns: this.#store.state.widest + gutterColumns,
        isKnown: this.#store.state.known === 1,
      }),
      onMove: () => this.#later(),
    });
    this.#resized = new ResizeObserver(() => this.#later());
    this.#build(parent);
    this.#measure();
    this.#draw();
  }

  setForm(form: BodyForm): void {
    if (form === this.#form) return;
    this.#form = form;
    this.#folds = new Folds();
    this.#selecting.anchor = this.#selecting.focus = undefined;
    this.#store.forget();
    this.#scrolling.goTo(0);
    this.#find.restart();
  }

  openFind(at: 'find' | 'line'): void {
    this.#find.open(at);
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#store.close();
    this.#find.stop();
    this.#find.node.parentElement?.remove();
  }

  #build(parent: HTMLElement): void {
    const box = element('div', this.#form === 'hex' ? 'large of-bytes' : 'large');
    const scroller = this.#scroller;
    scroller.tabIndex = 0;
    scroller.setAttribute('role', 'document');
    scroller.setAttribute('aria-label', this.#options.label);
    this.#status.id = `large-status-${Math.round(performance.now())}`;
    scroller.setAttribute('aria-describedby', this.#status.id);
    this.#space.append(this.#layer);
    scroller.append(this.#space);
    scroller.addEventListener('keydown', (event) => this.#key(event));
    scroller.addEventListener('pointerdown', (event) => this.#press(event));
    scroller.addEventListener('dblclick', (event) => this.#selectWord(event));
    box.append(this.#find.node, scroller, this.#status);
    parent.append(box);
    this.#resized.observe(scroller);
  }

  /** Font and zoom of the editor decide how large a character is. */
  #measure(): void {
    const probe = element('span', 'large-text');
    probe.textContent = 'x'.repeat(100);
    const line = element('div', 'large-line');
    line.append(probe);
    this.#layer.replaceChildren(line);
    const { width, height } = probe.getBoundingClientRect();
    if (width > 0) this.#scrolling.charWidth = width / 100;
    if (height > 0) this.#scrolling.rowHeight = line.getBoundingClientRect().height || height;
    this.#layer.replaceChildren();
  }

  /** Lines, or how many there will be by what is known so far, so that the scroll bar is true to size. */
  get #lines(): number {
    const { lines, known } = this.#store.state;
    return known > 0 && known < 1 ? Math.round(lines / known) : lines;
  }

  #reveal({ line, column }: TextPlace): void {
    this.#folds = this.#folds.reveal(line);
    this.#scrolling.reveal(this.#folds.rowOf(line), column);
  }

  #later(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const { rows, rowHeight } = this.#scrolling;
    this.#scrolling.fit(this.#space, this.#layer);
    const first = Math.floor(this.#scrolling.top);
    const count = Math.min(Math.ceil(rows.viewport / rowHeight) + 1, rows.rows - first);
    const lines = Array.from({ length: Math.max(0, count) }, (_, index) => this.#folds.lineOf(first + index));
    this.#want(first, count);
    this.#layer.replaceChildren(...lines.map((line) => this.#row(line)));
    this.#tell(lines);
  }

  #want(first: number, count: number): void {
    const from = Math.max(0, first - margin);
    const to = first + count + margin;
    const runs: [number, number][] = [];
    for (let row = from; row < to; row++) {
      const line = this.#folds.lineOf(row);
      const last = runs.at(-1);
      if (last && last[0] + last[1] === line) last[1]++;
      else runs.push([line, 1]);
    }
    const seen = Math.ceil(this.#scroller.clientWidth / this.#scrolling.charWidth);
    const at = Math.floor(this.#scrolling.left / columnStep) - 1;
    this.#store.want({
      form: this.#form,
      runs,
      column: Math.max(0, at) * columnStep,
      width: Math.ceil(seen / columnStep) * columnStep + 2 * columnStep,
    });
  }

  #row(line: number): HTMLElement {
    const row = this.#store.row(line);
    return row ? drawRow(row, this.#scene(row)) : pendingRow(line);
  }

  #scene(row: TextRow): RowScene {
    const { text, language } = this.#options;
    return {
      language,
      selected: this.#selecting.range,
      found: this.#found,
      fold: this.#foldOf(row),
      words: { fold: text('fold'), unfold: text('unfold'), lineNumber: text('goToLine') },
    };
  }

  #foldOf(row: TextRow): RowScene['fold'] {
    if (this.#folds.behind(row.line) !== undefined) return 'folded';
    const next = this.#store.row(row.line + 1);
    const isDeeper = next !== undefined && next.from === 0 && row.from === 0 && indentation(next) > indentation(row);
    return isDeeper ? 'open' : undefined;
  }

  /** Stays until somebody does something else. */
  #say(notice: string): void {
    this.#notice = notice;
    this.#draw();
  }

  #tell(lines: readonly number[]): void {
    const { text } = this.#options;
    const { state } = this.#store;
    const isHere = lines.some((line) => this.#store.row(line));
    if (isHere && !this.#isReady) {
      this.#isReady = true;
      this.#options.onReady();
    }
    if (!isHere && state.known === 1 && this.#notice === '') return;
    const parts = [this.#extentWords(lines[0] ?? 0, lines.at(-1) ?? 0)];
    if (state.known < 1) parts.push(text('lookedThrough', `${Math.floor(state.known * 100)} %`));
    if (state.remark !== undefined) parts.push(state.remark);
    if (this.#notice !== '') parts.push(this.#notice);
    this.#status.textContent = parts.join(' · ');
  }

  /** Which lines are on the screen, or which bytes. */
  #extentWords(first: number, last: number): string {
    const { text, size } = this.#options;
    const isHex = this.#form === 'hex';
    const end = isHex ? Math.min(size, (last + 1) * hexRowBytes) - 1 : last + 1;
    const numbers = [isHex ? first * hexRowBytes : first + 1, end, isHex ? size : this.#lines];
    return text(isHex ? 'bytesSeen' : 'linesOf', ...numbers.map((number) => number.toLocaleString()));
  }

  #key(event: KeyboardEvent): void {
    this.#notice = '';
    const page = Math.floor(this.#scroller.clientHeight / this.#scrolling.rowHeight) - 1;
    const done = readingKey(event, {
      rows: (count) => (event.shiftKey ? this.#extend(count) : this.#scrolling.goTo(this.#scrolling.top + count)),
      page,
      start: () => (event.shiftKey ? this.#extendTo({ line: 0, column: 0 }) : this.#scrolling.goTo(0)),
      end: () =>
        event.shiftKey
          ? this.#extendTo({ line: this.#lines - 1, column: Number.MAX_SAFE_INTEGER })
          : this.#scrolling.goTo(Infinity),
      character: (step) => this.#extendBy(step),
      all: () => this.#selectAll(),
      copy: () => this.#copy(),
      find: (at) => this.#find.open(at),
      next: (step) => void this.#find.step(step),
    });
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #extend(rows: number): void {
    const { line, column } = this.#selecting.focus ?? this.#corner;
    const row = Math.max(0, this.#folds.rowOf(line) + rows);
    this.#extendTo({ line: this.#folds.lineOf(Math.min(row, this.#scrolling.rows.rows - 1)), column });
  }

  #extendBy(step: 1 | -1): boolean {
    const focus = this.#selecting.focus ?? this.#corner;
    const row = this.#store.row(focus.line);
    if (row) this.#extendTo(besideIt(row, focus, step));
    return row !== undefined;
  }

  #extendTo(place: TextPlace): void {
    if (!this.#selecting.anchor) this.#selecting.begin(this.#corner);
    this.#selecting.lead(place);
    this.#reveal(place.column > this.#store.state.widest ? { ...place, column: 0 } : place);
  }

  /** The first character on the screen: where a selection by keys begins. */
  get #corner(): TextPlace {
    return { line: this.#folds.lineOf(Math.ceil(this.#scrolling.top)), column: 0 };
  }

  #selectAll(): void {
    this.#selecting.select({ from: { line: 0, column: 0 }, to: { line: this.#store.state.lines, column: 0 } });
    this.#later();
  }

  #copy(): boolean {
    const { range } = this.#selecting;
    if (!range) return false;
    const { text, ask } = this.#options;
    void ask({ kind: 'text', form: this.#form, ...range }).then((answer) => {
      this.#say(answer.kind === 'trouble' ? answer.message : text('copiedPart'));
    });
    return true;
  }

  #press(event: PointerEvent): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const fold = target?.closest<HTMLElement>('[data-fold]')?.dataset['fold'];
    if (fold !== undefined) return void this.#toggleFold(Number(fold));
    this.#notice = '';
    const place = this.#placeOf(event);
    if (!place || event.button !== 0) return;
    if (event.shiftKey) this.#selecting.lead(place);
    else this.#selecting.begin(place);
    this.#follow(event.pointerId);
    this.#later();
  }

  /** Until the button is let go; beyond the edge the text moves along. */
  #follow(pointer: number): void {
    const scroller = this.#scroller;
    let last: PointerEvent | undefined;
    const timer = setInterval(() => {
      if (!last) return;
      const { top, bottom } = scroller.getBoundingClientRect();
      const beyond = last.clientY < top ? last.clientY - top : Math.max(0, last.clientY - bottom);
      if (beyond === 0) return;
      this.#scrolling.goTo(this.#scrolling.top + beyond / this.#scrolling.rowHeight);
      this.#lead(last);
    }, 50);
    const move = (event: PointerEvent): void => {
      last = event;
      this.#lead(event);
    };
    const end = (): void => {
      clearInterval(timer);
      scroller.removeEventListener('pointermove', move);
    };
    scroller.setPointerCapture(pointer);
    scroller.addEventListener('pointermove', move);
    scroller.addEventListener('lostpointercapture', end, { once: true });
  }

  #lead(event: PointerEvent): void {
    const place = this.#placeOf(event);
    if (place) this.#selecting.lead(place);
    this.#later();
  }

  #selectWord(event: MouseEvent): void {
    const place = this.#placeOf(event);
    const row = place && this.#store.row(place.line);
    if (row) this.#selecting.select(wordAt(row, place));
    this.#later();
  }

  #placeOf({ clientX, clientY }: MouseEvent): TextPlace | undefined {
    const { top, height } = this.#scroller.getBoundingClientRect();
    const y = Math.min(Math.max(0, clientY - top), height - 1);
    const line = this.#folds.lineOf(
      Math.min(Math.floor(this.#scrolling.top + y / this.#scrolling.rowHeight), this.#scrolling.rows.rows - 1),
    );
    const row = this.#store.row(line);
    const text = this.#layer.querySelector<HTMLElement>(`[data-line="${line}"] .large-text`);
    return row && text ? placeAt(row, text, clientX, top + y) : undefined;
  }

  async #toggleFold(line: number): Promise<void> {
    if (this.#folds.behind(line) !== undefined) {
      this.#folds = this.#folds.unfold(line);
    } else {
      const answer = await this.#options.ask({ kind: 'fold', form: this.#form, line });
      if (answer.kind === 'fold' && answer.end !== undefined) this.#folds = this.#folds.fold(line, answer.end);
    }
    this.#draw();
  }
}

function rangeOf(from: TextPlace, bytes: number): TextRange {
  return { from, to: { line: from.line, column: from.column + bytes } };
}

function indentation({ text }: TextRow): number {
  return text.length - text.trimStart().length;
}
