import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { BodyTree, TreeRow } from '../core/body/bodyTree.ts';
import { PathBar } from './pathBar.tsx';
import { TreeFind } from './treeFind.tsx';
import { openedAtFirst, treeMove, visibleRows, type VisibleRow } from './treeRows.ts';
import { useView } from './viewContext.ts';
import { VisibleText } from './visibleText.tsx';
import { VirtualRows, type RowsHandle } from './virtualRows.tsx';

interface TreeBodyProps {
  readonly tree: BodyTree;
  /** Counts up with every click on Search. */
  readonly searches: number;
  readonly onFilter?: ((path: string) => void) | undefined;
}

/** A structured body as a tree: one row a value, each as it was sent; below it the path of the row that is selected. */
export function TreeBody({ tree, searches, onFilter }: TreeBodyProps) {
  const { text, post } = useView();
  const [open, setOpen] = useState(() => openedAtFirst(tree));
  const [selected, setSelected] = useState(tree.roots[0] ?? 0);
  const rows = useMemo(() => visibleRows(tree, open), [tree, open]);
  const at = Math.max(
    0,
    rows.findIndex(({ node }) => node === selected),
  );
  const list = useRef<RowsHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  useEffect(() => {
    list.current?.show(at);
    if (!wantsFocus.current) return;
    // The row is drawn when the box has scrolled to it.
    requestAnimationFrame(() => {
      if (!wantsFocus.current) return;
      wantsFocus.current = false;
      box.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
    });
  }, [at, open]);
  const toggle = (nodes: readonly number[], isOpen: boolean): void =>
    setOpen((before) => changed(before, nodes, isOpen));
  const reveal = (node: number): void => {
    const above: number[] = [];
    for (let parent = tree.parent(node); parent >= 0; parent = tree.parent(parent)) above.push(parent);
    toggle(above, true);
    setSelected(node);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && String(getSelection()) === '') {
      event.preventDefault();
      post({ type: 'copyText', text: tree.value(selected) });
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(event.key, at, rows, tree, open, list.current?.page() ?? 1);
    if (!move) return;
    event.preventDefault();
    wantsFocus.current = true;
    if (move.kind === 'go') setSelected(rows[move.row]?.node ?? selected);
    else toggle(move.nodes, move.kind === 'open');
  };
  const indent = indentOf(rows);
  return (
    <div class="tree-box" ref={box}>
      {searches > 0 && <TreeFind key={searches} tree={tree} from={selected} onFound={reveal} />}
      <VirtualRows
        class="tree"
        role="tree"
        aria-label={text('bodyTree')}
        count={rows.length}
        handle={list}
        onKeyDown={onKeyDown}
        renderRow={(index) => {
          const row = rows[index];
          return row ? (
            <Row
              key={row.node}
              row={row}
              facts={tree.row(row.node)}
              isOpen={open.has(row.node)}
              isSelected={index === at}
              indent={indent(row.depth)}
              onSelect={() => setSelected(row.node)}
              onToggle={() => toggle([row.node], !open.has(row.node))}
            />
          ) : (
            <></>
          );
        }}
      />
      <PathBar tree={tree} node={rows[at]?.node ?? selected} onFilter={onFilter} />
    </div>
  );
}

function changed(before: ReadonlySet<number>, nodes: readonly number[], isOpen: boolean): ReadonlySet<number> {
  const after = new Set(before);
  for (const node of nodes) {
    if (isOpen) after.add(node);
    else after.delete(node);
  }
  return after;
}

/** Rows far below are set in by shares of the room that is left: a level that nobody sees is no level. */
function indentOf(rows: readonly VisibleRow[]): (depth: number) => number {
  const deepest = rows.reduce((most, { depth }) => Math.max(most, depth), 0);
  const step = deepest <= mostLevels ? 1 : mostLevels / deepest;
  return (depth) => depth * step;
}

const mostLevels = 24;

interface RowProps {
  readonly row: VisibleRow;
  readonly facts: TreeRow;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** In levels. */
  readonly indent: number;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

function Row({ row, facts, isOpen, isSelected, indent, onSelect, onToggle }: RowProps) {
  const isContainer = facts.children > 0;
  return (
    <div
      role="treeitem"
      class={isSelected ? 'tree-row selected' : 'tree-row'}
      aria-level={row.depth + 1}
      aria-setsize={row.siblings}
      aria-posinset={row.position}
      aria-expanded={isContainer ? isOpen : undefined}
      aria-selected={isSelected}
      tabIndex={isSelected ? 0 : -1}
      style={{ paddingInlineStart: `calc(6px + ${indent} * 14px)` }}
      onClick={onSelect}
      onFocus={onSelect}
      onDblClick={isContainer ? onToggle : undefined}
    >
      <span
        class={isContainer ? (isOpen ? 'twisty open' : 'twisty') : 'twisty none'}
        aria-hidden="true"
        onClick={isContainer ? onToggle : undefined}
      />
      <span class={facts.kind === 'element' ? 'tok-tag' : 'tok-key'}>
        <VisibleText text={facts.name} />
      </span>
      {facts.shown !== '' && (
        <span class={`tree-value ${valueClass(facts)}`}>
          <VisibleText text={facts.shown} />
        </span>
      )}
    </div>
  );
}

function valueClass({ kind }: TreeRow): string {
  switch (kind) {
    case 'string':
    case 'attribute':
      return 'tok-string';
    case 'number':
      return 'tok-number';
    case 'literal':
      return 'tok-literal';
    case 'comment':
    case 'object':
    case 'array':
      return 'tok-comment';
    case 'element':
    case 'text':
      return '';
  }
}
