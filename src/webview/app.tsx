import { useEffect, useState } from 'preact/hooks';
import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';
import type { ToView } from '../protocol/messages.ts';
import { Batch } from './batch.tsx';
import { BodyTab } from './bodyTab.tsx';
import { Chain } from './chain.tsx';
import { CookiesTab } from './cookiesTab.tsx';
import { duration } from './format.ts';
import { Head } from './head.tsx';
import { HeadersTab } from './headersTab.tsx';
import type { Host } from './host.ts';
import type { Drawn } from './nextMessage.ts';
import { Outcome } from './outcome.tsx';
import { RequestTab } from './requestTab.tsx';
import { ending } from './statusTone.ts';
import { Tabs } from './tabs.tsx';
import { TimingTab } from './timingTab.tsx';
import { useView } from './viewContext.ts';
import { selectedHop, selectionFor, withSelection, type Selection } from './viewState.ts';

/** The view as a function of the last message and of what the user chose. */
export function App({ message, host }: { readonly message: Drawn; readonly host: Host }) {
  switch (message.type) {
    case 'show':
      return <Shown {...message} host={host} />;
    case 'empty':
      return <Empty message={message.message} />;
    default:
      return unknownMessage(message);
  }
}

function unknownMessage(message: never): never {
  throw new Error(`The view does not know this message: ${JSON.stringify(message)}`);
}

function Empty({ message }: { readonly message: string }) {
  const { text } = useView();
  return (
    <main class="empty">
      <h1 class="sr-only">{text('response')}</h1>
      <span class="crumbs" aria-hidden="true" />
      <p>{message}</p>
    </main>
  );
}

type ShownProps = Pick<Extract<ToView, { type: 'show' }>, 'exchange' | 'pinned' | 'batch'> & { readonly host: Host };

function Shown({ exchange, pinned, batch, host }: ShownProps) {
  const { id } = exchange;
  const [saved, setSaved] = useState(host.saved);
  const selection = selectionFor(saved, id);
  const select = (change: Partial<Selection>): void => setSaved((before) => withSelection(before, id, change));
  const hop = selectedHop(exchange, selection);
  const list = batch?.id;
  useEffect(() => {
    const { batch: _before, ...others } = saved;
    host.save({ ...others, id, pinned, ...(list !== undefined && { batch: list }) });
  }, [host, saved, id, pinned, list]);
  return (
    <main class={`exchange ${exchange.state}`} data-exchange={id}>
      <Announcement exchange={exchange} />
      {batch && <Batch batch={batch} shown={id} />}
      <Head exchange={exchange} hop={hop} pinned={pinned} />
      <Outcome exchange={exchange} hop={hop} />
      {hop && exchange.hops.length > 1 && (
        <Chain exchange={exchange} selected={hop} onSelect={(number) => select({ hop: number })} />
      )}
      {hop && (
        <Tabs hop={hop} tab={selection.tab} onSelect={(tab) => select({ tab })}>
          <Part exchange={exchange} hop={hop} selection={selection} onSelect={select} />
        </Tabs>
      )}
    </main>
  );
}

interface PartProps {
  readonly exchange: ExchangeView;
  readonly hop: HopView;
  readonly selection: Selection;
  readonly onSelect: (change: Partial<Selection>) => void;
}

/** Keyed by hop, so that secrets revealed in one hop are hidden in the next. */
function Part({ exchange, hop, selection, onSelect }: PartProps) {
  const key = `${exchange.id} ${hop.number}`;
  switch (selection.tab) {
    case 'body':
      return <BodyTab exchange={exchange} hop={hop} selection={selection} onSelect={onSelect} />;
    case 'headers':
      return <HeadersTab key={key} hop={hop} />;
    case 'cookies':
      return <CookiesTab key={key} hop={hop} />;
    case 'request':
      return <RequestTab key={key} hop={hop} selection={selection} onSelect={onSelect} />;
    case 'timing':
      return <TimingTab key={key} hop={hop} />;
  }
}

/** For screen readers: the end of a send, and each hop on the way, without moving the focus. */
function Announcement({ exchange }: { readonly exchange: ExchangeView }) {
  const { text } = useView();
  const { state, title, hops, durationMs } = exchange;
  const running = text('announceRunning', title, Math.max(1, hops.length));
  const done = text('announceDone', title, ending(exchange, text).words, duration(durationMs));
  return (
    <p class="sr-only" role="status">
      {state === 'running' ? running : done}
    </p>
  );
}
