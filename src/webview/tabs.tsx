import type { ComponentChildren } from 'preact';
import type { HopView } from '../protocol/exchangeView.ts';
import type { StringKey } from '../protocol/strings.ts';
import { moveFocus } from './roving.ts';
import { useView, type Text } from './viewContext.ts';
import { tabIds, type TabId } from './viewState.ts';

interface TabsProps {
  readonly hop: HopView;
  readonly tab: TabId;
  readonly onSelect: (tab: TabId) => void;
  readonly children: ComponentChildren;
}

/** The parts of one hop. Arrow keys move among the tabs and select; the panel is the next stop of the Tab key. */
export function Tabs({ hop, tab, onSelect, children }: TabsProps) {
  const { text } = useView();
  return (
    <section class="parts">
      <div
        class="tabs"
        role="tablist"
        aria-label={text('tabsLabel')}
        onKeyDown={(event) => moveFocus(event, '[role=tab]', true)}
      >
        {tabIds.map((id) => (
          <Tab key={id} id={id} hop={hop} isSelected={id === tab} onSelect={onSelect} />
        ))}
      </div>
      <div role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`} class={`panel panel-${tab}`}>
        {children}
      </div>
    </section>
  );
}

const labels = {
  body: 'tabBody',
  headers: 'tabHeaders',
  cookies: 'tabCookies',
  request: 'tabRequest',
  timing: 'tabTiming',
} as const satisfies Record<TabId, StringKey>;

interface TabProps {
  readonly id: TabId;
  readonly hop: HopView;
  readonly isSelected: boolean;
  readonly onSelect: (tab: TabId) => void;
}

function Tab({ id, hop, isSelected, onSelect }: TabProps) {
  const { text } = useView();
  const count = countOf(id, hop, text);
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${id}`}
      aria-label={text(labels[id])}
      aria-description={count?.words}
      data-count={count?.shown}
      title={count?.words}
      aria-selected={isSelected}
      aria-controls={isSelected ? `panel-${id}` : undefined}
      tabIndex={isSelected ? 0 : -1}
      onClick={() => onSelect(id)}
      onFocus={() => onSelect(id)}
    >
      {text(labels[id])}
    </button>
  );
}

function countOf(id: TabId, hop: HopView, text: Text): { shown: string; words: string } | undefined {
  if (id === 'headers') {
    const count = hop.responseHeaders.length;
    return count === 0 ? undefined : { shown: String(count), words: text('headerCount', count) };
  }
  if (id !== 'cookies') return undefined;
  const { sent, set, refused } = hop.cookies;
  if (sent.length + set.length + refused.length === 0) return undefined;
  const counts = [sent.length, set.length, refused.length] as const;
  return { shown: counts.join(' · '), words: text('cookieCount', ...counts) };
}
