import { useEffect, useState } from 'preact/hooks';
import type { ExchangeView, HopView, TransferView } from '../protocol/exchangeView.ts';
import { duration, size, timeOfDay } from './format.ts';
import { hopMenu } from './hopMenu.ts';
import { Icon } from './icons.tsx';
import { Menu } from './menu.tsx';
import { ending } from './statusTone.ts';
import { useView } from './viewContext.ts';
import { LongText, shortened, VisibleText } from './visibleText.tsx';

interface HeadProps {
  readonly exchange: ExchangeView;
  readonly hop: HopView | undefined;
  readonly pinned: boolean;
}

/** What came of the send, in one line, and what can be done with it. */
export function Head({ exchange, hop, pinned }: HeadProps) {
  const { text } = useView();
  const { words, tone, icon } = ending(exchange, text);
  return (
    <header class="head">
      <div class="head-line">
        <h1 class={`status ${tone}`}>
          <Icon name={icon} />
          <VisibleText text={shortened(words)} />
        </h1>
        <Elapsed exchange={exchange} />
        {exchange.waitMs !== undefined && (
          <span class="fact">{text('nextAttempt', `${Math.ceil(exchange.waitMs / 1000)} s`)}</span>
        )}
        <Sizes last={exchange.hops.at(-1)} />
        <Actions exchange={exchange} hop={hop} pinned={pinned} />
      </div>
      <Meta exchange={exchange} />
      <Target exchange={exchange} />
    </header>
  );
}

/** Counts on while the send runs, by this page's own clock: the extension may run on another machine. */
function Elapsed({ exchange }: { readonly exchange: ExchangeView }) {
  const isRunning = exchange.state === 'running';
  const [since, setSince] = useState(() => performance.now() - exchange.durationMs);
  const [, tick] = useState(0);
  useEffect(() => {
    if (!isRunning) return undefined;
    setSince(performance.now() - exchange.durationMs);
    const timer = setInterval(() => tick((count) => count + 1), 100);
    return () => clearInterval(timer);
  }, [isRunning, exchange.id]);
  if (exchange.state === 'blocked') return null;
  const shown = isRunning ? Math.max(exchange.durationMs, performance.now() - since) : exchange.durationMs;
  return <span class="fact elapsed">{isRunning ? `${(shown / 1000).toFixed(1)} s` : duration(shown)}</span>;
}

function Sizes({ last }: { readonly last: HopView | undefined }) {
  const { text } = useView();
  if (last?.transfer) return <Progress transfer={last.transfer} />;
  if (last === undefined || (last.status === undefined && last.wireBytes === 0)) return null;
  const { wireBytes, decodedBytes } = last;
  const decoded = decodedBytes > 0 && decodedBytes !== wireBytes ? ` · ${text('decoded', size(decodedBytes))}` : '';
  return (
    <span class="fact">
      {size(wireBytes)}
      {decoded}
    </span>
  );
}

/** Bytes so far, of how many, and how fast. */
function Progress({ transfer }: { readonly transfer: TransferView }) {
  const { text } = useView();
  const { direction, bytes, expected, perSecond } = transfer;
  const far = expected === undefined ? size(bytes) : text('bytesOf', size(bytes), size(expected));
  return (
    <span class="fact">
      {direction === 'up' ? text('sending', far) : far}
      {perSecond === undefined ? '' : ` · ${text('perSecond', size(perSecond))}`}
      {expected !== undefined && <progress aria-label={text('progress')} max={expected} value={bytes} />}
    </span>
  );
}

function Actions({ exchange, hop, pinned }: HeadProps) {
  const view = useView();
  const { text, post } = view;
  const { id, state, waitMs } = exchange;
  return (
    <div class="head-actions">
      {waitMs !== undefined && (
        <button type="button" title={text('sendNowTitle')} onClick={() => post({ type: 'sendNow', id })}>
          {text('sendNow')}
        </button>
      )}
      {state === 'running' ? (
        <button type="button" class="primary" onClick={() => post({ type: 'cancel', id })}>
          {text('cancel')}
        </button>
      ) : (
        <button type="button" onClick={() => post({ type: 'resend', id })}>
          {text('resend')}
        </button>
      )}
      <button
        type="button"
        aria-pressed={pinned}
        title={text('pinTitle')}
        onClick={() => post({ type: 'pin', id, pinned: !pinned })}
      >
        <Icon name="pin" />
        {text('pin')}
      </button>
      {hop && <Menu label={text('moreActions')} items={hopMenu(exchange, hop, view)} />}
    </div>
  );
}

function Meta({ exchange }: { readonly exchange: ExchangeView }) {
  const { text, post } = useView();
  const { id, title, line, environment, session, startedAt, note } = exchange;
  const time = timeOfDay(startedAt);
  return (
    <div class="meta">
      {line === undefined ? (
        title !== '' && (
          <span class="title">
            <VisibleText text={shortened(title)} />
          </span>
        )
      ) : (
        <button
          type="button"
          class="link title"
          title={text('goToRequest')}
          onClick={() => post({ type: 'showRequest', id })}
        >
          <VisibleText text={shortened(title)} />
        </button>
      )}
      <span>{environment === '' ? text('noEnvironment') : environment}</span>
      {session !== '' && <span>{text('sessionName', session)}</span>}
      {note !== undefined && <span class="note">{note}</span>}
      <time dateTime={new Date(startedAt).toISOString()} title={text('sentAt', new Date(startedAt).toLocaleString())}>
        {time}
      </time>
    </div>
  );
}

/** One hop needs no list, but its URL. */
function Target({ exchange }: { readonly exchange: ExchangeView }) {
  const [hop, second] = exchange.hops;
  if (hop === undefined || second !== undefined) return null;
  return (
    <div class="target">
      <span class="method">{hop.method}</span>{' '}
      <span class="url">
        <LongText text={hop.url} />
      </span>
    </div>
  );
}
