import type { BadgeView, ExchangeView, HopView } from '../protocol/exchangeView.ts';
import { hopMenu } from './hopMenu.ts';
import { Menu } from './menu.tsx';
import { moveFocus } from './roving.ts';
import { hopStatus, hopTone } from './statusTone.ts';
import { TimeBar } from './timeBar.tsx';
import { useView } from './viewContext.ts';
import { shortened, VisibleText } from './visibleText.tsx';

interface ChainProps {
  readonly exchange: ExchangeView;
  readonly selected: HopView;
  readonly onSelect: (hop: number) => void;
}

/** Every hop in order. One of them is in the tab order; arrow keys move, and moving selects. */
export function Chain({ exchange, selected, onSelect }: ChainProps) {
  const { text } = useView();
  return (
    <section class="chain">
      <h2 id="chain-title">{text('redirectChain')}</h2>
      <ol role="list" aria-labelledby="chain-title" onKeyDown={(event) => moveFocus(event, '.hop-pick', false)}>
        {exchange.hops.map((hop) => (
          <Hop key={hop.number} exchange={exchange} hop={hop} isSelected={hop === selected} onSelect={onSelect} />
        ))}
      </ol>
    </section>
  );
}

interface HopProps {
  readonly exchange: ExchangeView;
  readonly hop: HopView;
  readonly isSelected: boolean;
  readonly onSelect: (hop: number) => void;
}

function Hop({ exchange, hop, isSelected, onSelect }: HopProps) {
  const view = useView();
  const { text } = view;
  const status = hopStatus(hop, exchange.state === 'running', text);
  const name = text('hopName', hop.number, hop.method, shortened(hop.url), status);
  return (
    <li aria-label={name} class={isSelected ? 'hop selected' : 'hop'} onClick={() => onSelect(hop.number)}>
      <button
        type="button"
        class="hop-pick"
        aria-current={isSelected}
        tabIndex={isSelected ? 0 : -1}
        onFocus={() => onSelect(hop.number)}
      >
        <span class="number">{hop.number}</span> <span class="method">{hop.method}</span> <Url url={hop.url} />{' '}
        <span class={`hop-status ${hopTone(hop)}`}>
          <VisibleText text={status} />
        </span>
        <TimeBar exchange={exchange} hop={hop} />
      </button>
      <Menu label={text('hopActions', hop.number)} items={hopMenu(exchange, hop, view)} quiet />
      <Badges hop={hop} />
    </li>
  );
}

/** In three pieces, so that each can give way in its turn. */
function Url({ url }: { readonly url: string }) {
  const [, origin = '', path = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(url) ?? [];
  return (
    <span class="url" title={shortened(url)}>
      <span class="origin">
        <VisibleText text={origin} />
      </span>
      <span class="path">
        <VisibleText text={shortened(path)} />
      </span>
      {query !== '' && (
        <span class="query">
          <VisibleText text={shortened(query)} />
        </span>
      )}
    </span>
  );
}

function Badges({ hop }: { readonly hop: HopView }) {
  const { text } = useView();
  const causes: Partial<Record<HopView['cause'], string>> = { auth: text('causeAuth'), retry: text('causeRetry') };
  const cause = causes[hop.cause];
  const badges: readonly BadgeView[] = cause === undefined ? hop.badges : [{ text: cause, warn: false }, ...hop.badges];
  if (badges.length === 0) return null;
  return (
    <div class="badges">
      {badges.map((badge) => (
        <span key={badge.text} class={badge.warn ? 'badge warn' : 'badge'} title={badge.why}>
          {badge.text}
        </span>
      ))}
    </div>
  );
}
