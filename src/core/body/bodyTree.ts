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

export function oneLine(text: string, start: number, end: number): string {
  const shown = text.slice(start, Math.min(end, start + shownLength)).replaceAll(/\s+/g, ' ');
  return end - start > shownLength ? `${shown}…` : shown;
}

/** The nodes that a node holds directly. */
export function childrenOf(tree: Pick<BodyTree, 'after'>, node: number): number[] {
  const children: number[] = [];
  const end = tree.after(node);
  for (let child = node + 1; child < end; child = tree.after(child)) children.push(child);
  return children;
}
