/**
 * A structured body as a tree over its own text: nodes are numbers in the order of the text, so that a body of a million
 * values costs a few arrays, and everything shown is a piece of what was sent.
 */
export interface BodyTree {
  /** Nodes that stand at the top. */
  readonly roots: readonly number[];
  /** The node that holds this one, or -1. */
  parent(node: number): number;
  /** The first node behind this one and all that it holds; `node + 1` when it holds nothing. */
  after(node: number): number;
  row(node: number): TreeRow;
  /** A JSONPath (RFC 9535) or an XPath that finds this node. */
  path(node: number): string;
  /** The node as it was sent. For copying: a string of JSON is without its quotes and escapes. */
  value(node: number): string;
  /** The innermost node at a place of the text, its key included. */
  at(place: number): number;
  /** The next node whose key or value holds these letters, large or small; after the last one the search begins again. */
  find(wanted: string, from: number, backwards: boolean): number | undefined;
}

export interface TreeRow {
  /** Key, index or tag, as it was sent. */
  readonly name: string;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'literal' | 'element' | 'attribute' | 'text' | 'comment';
  /** The value on one line, cut when it is long; of a container its number of children. */
  readonly shown: string;
  readonly children: number;
}

/** Our choice: what one row shows of a value; all of it can be copied. */
const shownLength = 400;

/** Lines of a text become one; blanks that break no line are the text's own and stay. */
export function oneLine(text: string, start: number, end: number): string {
  const shown = text.slice(start, Math.min(end, start + shownLength)).replaceAll(/\s*[\r\n]\s*/g, ' ');
  return end - start > shownLength ? `${shown}…` : shown;
}

/** The nodes that a node holds directly. */
export function childrenOf(tree: Pick<BodyTree, 'after'>, node: number): number[] {
  const children: number[] = [];
  const end = tree.after(node);
  for (let child = node + 1; child < end; child = tree.after(child)) children.push(child);
  return children;
}

/** The node in which the next match stands. `begins` are the places where the nodes begin, in order; the text may have more before them. */
export function findNode(
  text: string,
  begins: readonly number[],
  wanted: string,
  { from, backwards }: { readonly from: number; readonly backwards: boolean },
): number | undefined {
  const places = matchesIn(text, wanted);
  const nodes = places.map((place) => nodeAt(begins, place)).filter((node) => node >= 0);
  if (backwards) return nodes.findLast((node) => node < from) ?? nodes.at(-1);
  return nodes.find((node) => node > from) ?? nodes[0];
}

function matchesIn(text: string, wanted: string): number[] {
  const letters = new RegExp(wanted.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`), 'gi');
  return Array.from(text.matchAll(letters), ({ index }) => index);
}

/** The innermost node at a place: the last that begins there or before it and does not end before it. */
export function innermostAt(
  tree: Pick<BodyTree, 'parent'>,
  begins: readonly number[],
  ends: readonly number[],
  place: number,
): number {
  let node = Math.max(0, nodeAt(begins, place));
  while ((ends[node] ?? 0) < place && tree.parent(node) >= 0) node = tree.parent(node);
  return node;
}

/** The last node that begins at or before a place. */
function nodeAt(begins: readonly number[], place: number): number {
  let low = 0;
  let high = begins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((begins[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
