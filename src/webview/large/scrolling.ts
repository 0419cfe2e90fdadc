import { isScaled, lastTop, scaledHeight, scrollFor, topAt, type ScrollScale } from './scrollScale.ts';

/** What is scrolled: how many rows and columns there are, and whether all of them are known. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly isKnown: boolean;
}

export interface ScrollingOptions {
  readonly node: HTMLElement;
  readonly extent: () => Extent;
  /** Something else is on the screen now. */
  readonly onMove: () => void;
}

/** Where a large text is scrolled to: rows and columns of its own, because the browser's scroll bar may be to scale. */
export class Scrolling {
  /** Row at the top of the screen and column at its left; may be fractions. */
  top = 0;
  left = 0;
  rowHeight = 18;
  charWidth = 7;
  readonly #options: ScrollingOptions;
  /** Where this side has put the scroll bars: an event about that place says nothing new. */
  #expected = { top: 0, left: 0 };
  /** The end was asked for before it was known where that is. */
  #wantsEnd = false;

  constructor(options: ScrollingOptions) {
    this.#options = options;
    options.node.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    options.node.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  get rows(): ScrollScale {
    const { node, extent } = this.#options;
    return { rows: extent().rows, rowHeight: this.rowHeight, viewport: node.clientHeight };
  }

  get columns(): ScrollScale {
    const { node, extent } = this.#options;
    return { rows: extent().columns, rowHeight: this.charWidth, viewport: node.clientWidth };
  }

  goTo(top: number, left = this.left): void {
    this.#wantsEnd = top === Infinity && !this.#options.extent().isKnown;
    this.top = Math.max(0, top);
    this.left = Math.max(0, left);
    this.#settle();
    this.#options.onMove();
  }

  /** Scrolls as little as is needed to see a place. */
  reveal(row: number, column: number): void {
    const rows = this.rows.viewport / this.rowHeight;
    const columns = this.columns.viewport / this.charWidth;
    const isBeside = row < this.top || row > this.top + rows - 2;
    const isAside = column < this.left || column > this.left + columns * 0.8;
    this.goTo(isBeside ? row - rows / 3 : this.top, isAside ? column - columns / 3 : this.left);
  }

  /** Makes the scroll bars as long as the text is now. */
  fit(space: HTMLElement, layer: HTMLElement): void {
    space.style.height = `${scaledHeight(this.rows)}px`;
    space.style.width = `${scaledHeight(this.columns)}px`;
    if (this.#wantsEnd) this.top = Infinity;
    this.#wantsEnd &&= !this.#options.extent().isKnown;
    if (this.top > lastTop(this.rows) || this.left > lastTop(this.columns)) this.#settle();
    layer.style.setProperty('--shift', `${scrollFor(this.columns, this.left) - this.left * this.charWidth}px`);
    layer.style.transform = `translateY(${(Math.floor(this.top) - this.top) * this.rowHeight}px)`;
  }

  #settle(): void {
    const { node } = this.#options;
    this.top = Math.min(this.top, lastTop(this.rows));
    this.left = Math.min(this.left, lastTop(this.columns));
    node.scrollTop = scrollFor(this.rows, this.top);
    node.scrollLeft = scrollFor(this.columns, this.left);
    this.#expected = { top: node.scrollTop, left: node.scrollLeft };
  }

  #scrolled(): void {
    const { scrollTop, scrollLeft } = this.#options.node;
    if (Math.abs(scrollTop - this.#expected.top) >= 1) {
      this.#wantsEnd = false;
      this.top = topAt(this.rows, scrollTop);
    }
    if (Math.abs(scrollLeft - this.#expected.left) >= 1) this.left = topAt(this.columns, scrollLeft);
    this.#expected = { top: scrollTop, left: scrollLeft };
    this.#options.onMove();
  }

  /** Where a scroll bar is to scale, a turn of the wheel is still so many lines. */
  #wheel(event: WheelEvent): void {
    const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    const isOurs = (y !== 0 && isScaled(this.rows)) || (x !== 0 && isScaled(this.columns));
    if (!isOurs) return;
    event.preventDefault();
    const isInLines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
    const down = isInLines ? y : y / this.rowHeight;
    const right = isInLines ? 3 * x : x / this.charWidth;
    this.goTo(this.top + down, this.left + right);
  }
}
