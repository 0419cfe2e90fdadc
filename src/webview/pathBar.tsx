import type { BodyTree } from '../core/body/bodyTree.ts';
import { useView } from './viewContext.ts';
import { shortened, VisibleText } from './visibleText.tsx';

interface PathBarProps {
  readonly tree: BodyTree;
  readonly node: number;
  readonly onFilter?: ((path: string) => void) | undefined;
}

/** Where a value stands, and what can be done with that. */
export function PathBar({ tree, node, onFilter }: PathBarProps) {
  const { text, post } = useView();
  const path = tree.path(node);
  return (
    <div class="path-bar">
      <code class="path-shown" title={shortened(path)}>
        <bdi dir="ltr">
          <VisibleText text={shortened(path)} />
        </bdi>
      </code>
      <button type="button" onClick={() => post({ type: 'copyText', text: path })}>
        {text('copyPath')}
      </button>
      <button type="button" onClick={() => post({ type: 'copyText', text: tree.value(node) })}>
        {text('copyValue')}
      </button>
      {onFilter && (
        <button type="button" title={text('filterByPathTitle')} onClick={() => onFilter(path)}>
          {text('filterByPath')}
        </button>
      )}
    </div>
  );
}
