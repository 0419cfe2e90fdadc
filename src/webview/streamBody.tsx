import { Component, type ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { StreamPieceView, StreamView } from '../protocol/streamView.ts';
import { duration, timeWithMs } from './format.ts';
import { highlight } from './highlight.ts';
import { useView, type Text } from './viewContext.ts';
import { VisibleText } from './visibleText.tsx';

interface StreamBodyProps {
  readonly stream: StreamView;
  /** Epoch milliseconds of the send. */
  readonly startedAt: number;
  readonly isRunning: boolean;
}

/** What comes, as it comes: events with their times, or a text that grows. Who reads further up is left there. */
export function StreamBody({ stream, startedAt, isRunning }: StreamBodyProps) {
  const { text } = useView();
  /** Numbers of the last piece that is shown, and of the last one that is not any more. */
  const [until, setUntil] = useState<number>();
  const [clearedTo, setClearedTo] = useState(0);
  const last = until ?? stream.total;
  const pieces = stream.pieces.filter(({ number }) => number > clearedTo && number <= last);
  const waiting = stream.total - last;
  return (
    <>
      <div class="tools stream-tools">
        <span class="hint">{counts(stream, { isRunning, clearedTo, waiting }, text)}</span>
        {isRunning && (
          <button
            type="button"
            aria-pressed={until !== undefined}
            title={text('pauseTitle')}
            onClick={() => setUntil(until === undefined ? stream.total : undefined)}
          >
            {text('pause')}
          </button>
        )}
        {clearedTo > 0 ? (
          <button type="button" onClick={() => setClearedTo(0)}>
            {text('showCleared')}
          </button>
        ) : (
          <button type="button" title={text('clearTitle')} onClick={() => setClearedTo(last)}>
            {text('clear')}
          </button>
        )}
      </div>
      <Flow at={pieces.at(-1)?.number ?? 0}>
        {stream.kind === 'events' ? <Events pieces={pieces} startedAt={startedAt} /> : <RunningText pieces={pieces} />}
      </Flow>
    </>
  );
}

interface Situation {
  readonly isRunning: boolean;
  readonly clearedTo: number;
  readonly waiting: number;
}

function counts(
  { kind, total, dropped }: StreamView,
  { isRunning, clearedTo, waiting }: Situation,
  text: Text,
): string {
  const isEvents = kind === 'events';
  return [
    isEvents ? text(total === 1 ? 'oneEvent' : 'eventCount', total) : text('textArrives'),
    ...(isEvents && isRunning && total === 0 ? [text('waitingForEvents')] : []),
    ...(dropped > 0 ? [isEvents ? text('eventsDropped', dropped) : text('textDropped')] : []),
    ...(clearedTo > dropped ? [text('eventsCleared')] : []),
    ...(waiting > 0 ? [isEvents ? text('eventsWaiting', waiting) : text('textWaiting')] : []),
  ].join(' · ');
}

/** Follows the end while the end is in sight. */
function Flow({ at, children }: { readonly at: number; readonly children: ComponentChildren }) {
  const { text } = useView();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const { current } = box;
    if (current && isAtEnd.current) current.scrollTop = current.scrollHeight;
  }, [at]);
  return (
    <div
      ref={box}
      class="stream"
      tabIndex={0}
      role="region"
      aria-label={text('streamText')}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 8;
      }}
    >
      {children}
    </div>
  );
}

function RunningText({ pieces }: { readonly pieces: readonly StreamPieceView[] }) {
  return (
    <pre class="stream-text">
      <VisibleText text={pieces.map(({ text }) => text).join('')} />
    </pre>
  );
}

function Events({ pieces, startedAt }: { readonly pieces: readonly StreamPieceView[]; readonly startedAt: number }) {
  const { text } = useView();
  return (
    <ol role="list" aria-label={text('events')}>
      {pieces.map((piece) => (
        <Event key={piece.number} piece={piece} startedAt={startedAt} text={text} />
      ))}
    </ol>
  );
}

interface EventProps {
  readonly piece: StreamPieceView;
  readonly startedAt: number;
  readonly text: Text;
}

/** Drawn once: an event never changes, and a thousand of them stand here while more come. */
class Event extends Component<EventProps> {
  override shouldComponentUpdate({ piece }: EventProps): boolean {
    return piece !== this.props.piece;
  }

  override render({ piece, startedAt, text }: EventProps) {
    const at = startedAt + piece.atMs;
    return (
      <li class={piece.aside === undefined ? 'event' : 'event aside'}>
        <time dateTime={new Date(at).toISOString()} title={text('afterSend', duration(piece.atMs))}>
          {timeWithMs(at)}
        </time>
        <span class="event-facts">
          {piece.aside ? text(piece.aside) : <VisibleText text={piece.event ?? text('message')} />}
          {piece.id !== undefined && (
            <span class="event-id">
              {' #'}
              <VisibleText text={piece.id} />
            </span>
          )}
        </span>
        <span class="event-text">
          {piece.aside ? <VisibleText text={piece.text} /> : <EventText text={piece.text} />}
          {piece.cut && <span class="event-note">{text('eventCut')}</span>}
          {piece.unfinished && <span class="event-note">{text('eventUnfinished')}</span>}
        </span>
      </li>
    );
  }
}

function EventText({ text }: { readonly text: string }) {
  const lines = highlight(text.split('\n'), /^\s*[{[]/.test(text) ? 'json' : 'plain');
  return lines.map((tokens, index) => (
    <span key={index}>
      {index > 0 && '\n'}
      {tokens.map((token, at) =>
        token.kind ? (
          <span key={at} class={`tok-${token.kind}`}>
            <VisibleText text={token.text} />
          </span>
        ) : (
          <VisibleText key={at} text={token.text} />
        ),
      )}
    </span>
  ));
}
