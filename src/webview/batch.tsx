import { useEffect, useRef } from 'preact/hooks';
import type { BatchEntryView, BatchView } from '../protocol/batchView.ts';
import { duration } from './format.ts';
import { moveFocus } from './roving.ts';
import type { Tone } from './statusTone.ts';
import { useView, type Text } from './viewContext.ts';
import { shortened, VisibleText } from './visibleText.tsx';

/** Every exchange of a run of several, in order; the one that is shown below is marked. Arrow keys move, Enter opens. */
export function Batch({ batch, shown }: { readonly batch: BatchView; readonly shown: string }) {
  const { text, post } = useView();
  const heading = headingOf(batch, text);
  const atShown = batch.entries.some(({ id }) => id === shown) ? shown : batch.entries[0]?.id;
  return (
    <section class="batch">
      <div class="batch-head">
        <h2 id="batch-title">
          <VisibleText text={shortened(heading)} />
        </h2>
        {batch.state === 'running' && (
          <button
            type="button"
            title={text('batchStopTitle')}
            onClick={() => post({ type: 'stopBatch', id: batch.id })}
          >
            {text('batchStop')}
          </button>
        )}
      </div>
      <ol role="list" aria-labelledby="batch-title" onKeyDown={(event) => moveFocus(event, '.entry-pick', false)}>
        {batch.entries.map((entry, index) => (
          <Entry key={index} number={index + 1} entry={entry} batch={batch} isShown={entry.id === atShown} />
        ))}
      </ol>
      <p class="sr-only" role="status">
        {batch.state === 'running' ? '' : heading}
      </p>
    </section>
  );
}

interface EntryProps {
  readonly number: number;
  readonly entry: BatchEntryView;
  readonly batch: BatchView;
  readonly isShown: boolean;
}

function Entry({ number, entry, batch, isShown }: EntryProps) {
  const { text, post } = useView();
  const item = useRef<HTMLLIElement>(null);
  // A run goes on below the edge of a long list.
  useEffect(() => {
    if (isShown) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  const words = outcomeOf(entry, batch, text);
  const isThere = entry.state !== 'waiting';
  return (
    <li
      ref={item}
      class={isShown ? 'entry selected' : 'entry'}
      aria-label={text('entryName', number, entry.name, words)}
    >
      <button
        type="button"
        class="entry-pick"
        aria-current={isShown}
        aria-disabled={!isThere}
        tabIndex={isShown ? 0 : -1}
        onClick={() => isThere && post({ type: 'openEntry', id: entry.id })}
      >
        <span class="number">{number}</span>{' '}
        <span class="entry-name">
          <VisibleText text={shortened(entry.name)} />
        </span>{' '}
        <span class={`entry-outcome ${toneOf(entry)}`}>
          <VisibleText text={shortened(words)} />
        </span>{' '}
        <span class="entry-time">{isOver(entry) ? duration(entry.durationMs) : ''}</span>
      </button>
    </li>
  );
}

function headingOf({ title, state, entries }: BatchView, text: Text): string {
  const over = entries.filter(isOver);
  const bad = over.filter(({ isGood }) => !isGood).length;
  if (state === 'running') return text('batchRunning', title, over.length, entries.length);
  if (state === 'stopped') return text('batchStopped', title, over.length, entries.length);
  return bad > 0 ? text('batchFailed', title, bad, entries.length) : text('batchDone', title, over.length);
}

function isOver({ state }: BatchEntryView): boolean {
  return state !== 'waiting' && state !== 'running';
}

function outcomeOf({ state, outcome }: BatchEntryView, batch: BatchView, text: Text): string {
  switch (state) {
    case 'waiting':
      return text(batch.state === 'running' ? 'entryWaiting' : 'entryLeft');
    case 'running':
      return text('running');
    case 'blocked':
      return text('notSent');
    case 'cancelled':
      return text('cancelled');
    case 'failed':
    case 'completed':
      return outcome ?? text('failed');
  }
}

function toneOf({ state, isGood }: BatchEntryView): Tone {
  if (state === 'waiting' || state === 'running') return 'calm';
  return isGood ? 'ok' : 'bad';
}
