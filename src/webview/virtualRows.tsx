import type { ComponentChildren, HTMLAttributes, Ref, VNode } from 'preact';
import { useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What a list of any length asks of the browser: the rows on the screen and a scroll bar. */
export interface RowsHandle {
  /** Scrolls as little as needed for a row (from 0) to stand on the screen. */
  show(row: number): void;
  /** Rows that fit on the screen. */
  page(): number;
}

interface VirtualRowsProps extends HTMLAttributes<HTMLDivElement> {
  readonly count: number;
  /** In lines of 1.5 times the font size; our choice for dense text is 1. */
  readonly lines?: number;
  readonly renderRow: (row: number) => VNode;
  /** Stays above the rows. */
  readonly header?: ComponentChildren;
  readonly handle?: Ref<RowsHandle>;
}

/** Browsers draw nothing beyond some ten million pixels: of a longer list the scroll bar stands for shares, not for pixels. */
const maxHeight = 8_000_000;
/** Rows drawn above and below the screen, so that scrolling never shows a gap. */
const margin = 8;

/** A box that scrolls over rows of one height and holds only those on the screen. */
export function VirtualRows({ count, lines = 1, renderRow, header, handle, ...attributes }: VirtualRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 600, row: 20 });
  const measure = (): void => {
    if (!box.current) return;
    const row = Math.round(parseFloat(getComputedStyle(box.current).fontSize) * 1.5 * lines) || 20;
    const { scrollTop: top, clientHeight: height } = box.current;
    setPlace((before) =>
      before.top === top && before.height === height && before.row === row ? before : { top, height, row },
    );
  };
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [count, lines]);
  const window = rowsOnScreen(count, place);
  useImperativeHandle(handle ?? null, () => ({
    show: (row) => scrollTo(box.current, row, count, place.row),
    page: () => Math.max(1, Math.floor(place.height / place.row) - 1),
  }));
  const rows = Array.from({ length: window.to - window.from }, (_, index) => renderRow(window.from + index));
  return (
    <div {...attributes} ref={box} onScroll={measure}>
      {header}
      <div class="rows-space" role="presentation" style={{ height: `${window.height}px` }}>
        <div
          class="rows"
          role="presentation"
          style={{ transform: `translateY(${window.offset}px)`, '--row': `${place.row}px` }}
        >
          {rows}
        </div>
      </div>
    </div>
  );
}

interface Place {
  readonly top: number;
  readonly height: number;
  readonly row: number;
}

/** Which rows are drawn, and where; all in pixels. */
export function rowsOnScreen(count: number, { top, height, row }: Place) {
  const whole = count * row;
  const shownHeight = Math.min(whole, maxHeight);
  // Where the list is longer than the box may be, a share of the way is a share of the rows.
  const share = whole > shownHeight ? top / Math.max(1, shownHeight - height) : 0;
  const exact = whole > shownHeight ? share * (whole - height) : top;
  const from = Math.max(0, Math.floor(exact / row) - margin);
  const to = Math.min(count, Math.ceil((exact + height) / row) + margin);
  return { from, to, height: shownHeight, offset: from * row + (top - exact) };
}

function scrollTo(box: HTMLElement | null, index: number, count: number, row: number): void {
  if (!box) return;
  const { clientHeight, scrollTop } = box;
  const whole = count * row;
  const scale = whole > maxHeight ? (maxHeight - clientHeight) / (whole - clientHeight) : 1;
  const top = scrollTop / scale;
  const head = box.querySelector<HTMLElement>('.rows-head')?.offsetHeight ?? 0;
  if (index * row < top) box.scrollTop = index * row * scale;
  else if ((index + 1) * row > top + clientHeight - head)
    box.scrollTop = ((index + 1) * row - clientHeight + head) * scale;
}
