import type { BodyTree } from '../core/body/bodyTree.ts';

/** A row on the screen: a node and how deep it stands. */
export interface VisibleRow {
  readonly node: number;
  readonly depth: number;
  /** Place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
}

/** The rows of a tree of which these nodes are open, in order. Walks over what is open, and over nothing else. */
export function visibleRows(tree: BodyTree, open: ReadonlySet<number>): VisibleRow[] {
  const rows: VisibleRow[] = [];
  const levels: {
    next: number;
    readonly end: number;
    readonly depth: number;
    position: number;
    readonly siblings: number;
  }[] = [];
  for (const [index, root] of tree.roots.entries()) {
    rows.push({ node: root, depth: 0, position: index + 1, siblings: tree.roots.length });
    let node = root;
    for (;;) {
      if (open.has(node) && tree.after(node) > node + 1) {
        const siblings = tree.row(node).children;
        if (siblings > 0)
          levels.push({ next: node + 1, end: tree.after(node), depth: levels.length + 1, position: 1, siblings });
      }
      while (levels.length > 0 && (levels.at(-1)?.next ?? 0) >= (levels.at(-1)?.end ?? 0)) levels.pop();
      const level = levels.at(-1);
      if (level === undefined) break;
      node = level.next;
      level.next = tree.after(node);
      rows.push({ node, depth: level.depth, position: level.position++, siblings: level.siblings });
    }
  }
  return rows;
}

/** Our choice: what opens by itself fits on a screen or two. */
const openAtFirst = 60;

/** The nodes that are open at first: level by level, as long as the rows are few; the roots always. */
export function openedAtFirst(tree: BodyTree): ReadonlySet<number> {
  let open: ReadonlySet<number> = new Set(tree.roots);
  for (;;) {
    if (rowsAfter(tree, open) > openAtFirst) return open;
    const containers = visibleRows(tree, open).filter(({ node }) => tree.row(node).children > 0);
    const deeper = new Set(containers.map(({ node }) => node));
    if (deeper.size <= open.size || rowsAfter(tree, deeper) > openAtFirst) return open;
    open = deeper;
  }
}

/** How many rows there are when these nodes are open, each below one that is open. */
function rowsAfter(tree: BodyTree, open: ReadonlySet<number>): number {
  return [...open].reduce((rows, node) => rows + tree.row(node).children, tree.roots.length);
}

/** What a key does in a tree (WAI-ARIA Authoring Practices, tree view). */
export type TreeMove =
  | { readonly kind: 'go'; readonly row: number }
  | { readonly kind: 'open' | 'close'; readonly nodes: readonly number[] };

export function treeMove(
  key: string,
  at: number,
  rows: readonly VisibleRow[],
  tree: BodyTree,
  open: ReadonlySet<number>,
  page: number,
): TreeMove | undefined {
  const row = rows[at];
  if (!row) return undefined;
  const last = rows.length - 1;
  const isContainer = tree.row(row.node).children > 0;
  const isOpen = isContainer && open.has(row.node);
  const go = (target: number): TreeMove => ({ kind: 'go', row: Math.max(0, Math.min(last, target)) });
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'PageDown':
      return go(at + page);
    case 'PageUp':
      return go(at - page);
    case 'Home':
      return go(0);
    case 'End':
      return go(last);
    case 'ArrowRight':
      if (isOpen) return go(at + 1);
      return isContainer ? { kind: 'open', nodes: [row.node] } : undefined;
    case 'ArrowLeft':
      if (isOpen) return { kind: 'close', nodes: [row.node] };
      return go(rows.findIndex(({ node }) => node === tree.parent(row.node)));
    case 'Enter':
    case ' ':
      return isContainer ? { kind: isOpen ? 'close' : 'open', nodes: [row.node] } : undefined;
    case '*':
      return { kind: 'open', nodes: siblingsOf(row, rows, tree).filter((node) => tree.row(node).children > 0) };
    default:
      return undefined;
  }
}

function siblingsOf(row: VisibleRow, rows: readonly VisibleRow[], tree: BodyTree): number[] {
  const parent = tree.parent(row.node);
  return rows.filter(({ node }) => tree.parent(node) === parent).map(({ node }) => node);
}
