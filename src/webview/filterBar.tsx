import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { FilterView } from '../protocol/exchangeView.ts';
import { findByPath, type FilterProgress } from './findByPath.ts';
import { Icon } from './icons.tsx';
import { useView } from './viewContext.ts';

/** A filter and what it found; nothing found yet while the extension looks. */
export interface Filter {
  readonly path: string;
  readonly result?: FilterView;
}

interface FilterBarProps {
  readonly id: string;
  readonly hop: number;
  /** It lies in a file. */
  readonly isStored: boolean;
  readonly language: 'json' | 'xml';
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** Our choice: as long as fingers rest between two keys. */
const restMs = 200;

/** The field above the body that narrows it to what a JSONPath or an XPath finds. What is wrong with it stands below it. */
export function FilterBar({ id, hop, isStored, language, filter, onFilter }: FilterBarProps) {
  const { text, filter: ask, askBody } = useView();
  const [progress, setProgress] = useState<FilterProgress>();
  const [typed, setTyped] = useState(filter.path);
  const words = useId();
  const latest = useRef(filter.path);
  latest.current = filter.path;
  // Not at the first drawing: what is typed before this runs would be taken away.
  const drawn = useRef(filter.path);
  useEffect(() => {
    if (drawn.current !== filter.path) setTyped(filter.path);
    drawn.current = filter.path;
  }, [filter.path]);
  useEffect(() => {
    if (typed === filter.path) return undefined;
    const timer = setTimeout(() => onFilter({ path: typed }), restMs);
    return () => clearTimeout(timer);
  }, [typed, filter.path]);
  useEffect(() => {
    const { path } = filter;
    if (path.trim() === '' || filter.result) return undefined;
    const inWhole = (): Promise<FilterView> => ask(id, hop, path);
    const inFile = askBody(id, hop);
    let isWanted = true;
    const finding = { ask: inFile, inWhole, isWanted: () => isWanted, onProgress: setProgress };
    setProgress(undefined);
    void (isStored ? findByPath(path, finding) : inWhole()).then((result) => {
      if (result && latest.current === path) onFilter({ path, result });
    });
    return () => {
      isWanted = false;
      if (isStored) void inFile({ kind: 'filter', path: '' });
    };
  }, [filter]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onFilter({ path: typed });
    if (event.key === 'Escape') onFilter({ path: '' });
  };
  const isWrong = filter.result?.kind === 'trouble';
  return (
    <div class="filter">
      <span class="filter-box">
        <input
          type="text"
          class="field"
          spellcheck={false}
          value={typed}
          aria-label={text(language === 'json' ? 'filterJson' : 'filterXml')}
          placeholder={text(language === 'json' ? 'filterJsonExample' : 'filterXmlExample')}
          aria-invalid={isWrong}
          aria-describedby={words}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {typed !== '' && (
          <button
            type="button"
            class="icon-button quiet"
            aria-label={text('clearFilter')}
            onClick={() => onFilter({ path: '' })}
          >
            <Icon name="close" />
          </button>
        )}
      </span>
      <span id={words} role="status" class={isWrong ? 'filter-words bad' : 'filter-words'}>
        {filter.path.trim() !== '' && <Words result={filter.result} progress={progress} />}
      </span>
    </div>
  );
}

interface WordsProps {
  readonly result: FilterView | undefined;
  readonly progress: FilterProgress | undefined;
}

function Words({ result, progress }: WordsProps) {
  const { text } = useView();
  switch (result?.kind) {
    case undefined:
      if (!progress) return <>{text('filtering')}</>;
      return <>{text('filteringStill', progress.count.toLocaleString(), `${Math.floor(progress.searched * 100)} %`)}</>;
    case 'found':
      return (
        <>
          {text('filterFound', (result.count ?? result.places.length).toLocaleString())}
          {result.remark !== undefined && ` · ${result.remark}`}
        </>
      );
    case 'nothing':
      return <>{text('filterNothing')}</>;
    case 'trouble':
      return <>{result.message}</>;
  }
}
