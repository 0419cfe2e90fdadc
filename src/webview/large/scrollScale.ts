/** Browsers draw no element that is taller or wider than some ten million pixels: what is larger is scrolled to scale. */
const longest = 8_000_000;

/** How rows of a text lie on a scroll bar that may be shorter than they are, or its columns. Pixels and rows may be fractions. */
export interface ScrollScale {
  readonly rows: number;
  readonly rowHeight: number;
  /** Pixels that are seen. */
  readonly viewport: number;
}

/** Pixels that the scroll bar stands for. */
export function scaledHeight({ rows, rowHeight }: ScrollScale): number {
  return Math.min(rows * rowHeight, longest);
}

export function isScaled({ rows, rowHeight }: ScrollScale): boolean {
  return rows * rowHeight > longest;
}

/** The row at the top of the screen when the last one is at its bottom. */
export function lastTop({ rows, rowHeight, viewport }: ScrollScale): number {
  return Math.max(0, rows - viewport / rowHeight);
}

/** The row at the top of the screen for a place of the scroll bar. */
export function topAt(scale: ScrollScale, scrollTop: number): number {
  if (!isScaled(scale)) return scrollTop / scale.rowHeight;
  return (scrollTop / (scaledHeight(scale) - scale.viewport)) * lastTop(scale);
}

/** The place of the scroll bar at which `top` is the row at the top of the screen. */
export function scrollFor(scale: ScrollScale, top: number): number {
  if (!isScaled(scale)) return top * scale.rowHeight;
  return (top / lastTop(scale)) * (scaledHeight(scale) - scale.viewport);
}
