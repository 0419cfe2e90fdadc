import { useEffect, useRef, useState } from 'preact/hooks';
import type { BodyTree } from '../core/body/bodyTree.ts';
import { Icon } from './icons.tsx';
import { useView } from './viewContext.ts';

interface TreeFindProps {
  readonly tree: BodyTree;
  /** Where the search goes on from. */
  readonly from: number;
  readonly onFound: (node: number) => void;
}

/** Finds keys and values, also where nothing is open yet. */
export function TreeFind({ tree, from, onFound }: TreeFindProps) {
  const { text } = useView();
  const [isMissing, setMissing] = useState(false);
  const [isOpen, setOpen] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  if (!isOpen) return null;
  const find = (backwards: boolean): void => {
    const wanted = input.current?.value ?? '';
    const node = wanted === '' ? undefined : tree.find(wanted, from, backwards);
    setMissing(wanted !== '' && node === undefined);
    if (node !== undefined) onFound(node);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') find(event.shiftKey);
    if (event.key === 'Escape') setOpen(false);
  };
  return (
    <div class="find-bar">
      <input
        ref={input}
        type="text"
        class="field"
        spellcheck={false}
        placeholder={text('findInBody')}
        aria-label={text('findInBody')}
        aria-invalid={isMissing}
        onKeyDown={onKeyDown}
      />
      <button type="button" onClick={() => find(true)}>
        {text('findPrevious')}
      </button>
      <button type="button" onClick={() => find(false)}>
        {text('findNext')}
      </button>
      <span class="hint" role="status">
        {isMissing && text('findNothing')}
      </span>
      <button type="button" class="icon-button quiet" aria-label={text('closeFind')} onClick={() => setOpen(false)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
