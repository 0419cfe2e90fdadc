import type { BodyView, ExchangeView, HopView } from '../protocol/exchangeView.ts';

export const tabIds = ['body', 'headers', 'cookies', 'request', 'timing'] as const;
export type TabId = (typeof tabIds)[number];

export type BodyMode = 'stream' | 'pretty' | 'raw' | 'image' | 'hex';

/** What the user chose for one exchange. Absent choices follow the exchange: the last hop, the best form of the body. */
export interface Selection {
  readonly hop?: number;
  readonly tab: TabId;
  readonly body?: BodyMode;
  readonly request: 'sent' | 'written';
  readonly wrap: boolean;
}

/** Kept by VS Code over a reload. `id`, `batch` and `pinned` tell the extension what to post again. */
export interface SavedState {
  readonly id?: string;
  /** The list that the exchange stands in. */
  readonly batch?: string;
  readonly pinned: boolean;
  /** Newest last. */
  readonly selections: readonly (readonly [id: string, selection: Selection])[];
}

export const nothingSaved: SavedState = { pinned: false, selections: [] };

const keptSelections = 20;

/** The choice made for an exchange; a new one starts in the tab and with the wrapping of the one before. */
export function selectionFor(saved: SavedState, id: string): Selection {
  const known = saved.selections.find(([key]) => key === id)?.[1];
  const before = saved.selections.at(-1)?.[1];
  return known ?? { tab: before?.tab ?? 'body', request: 'sent', wrap: before?.wrap ?? false };
}

export function withSelection(saved: SavedState, id: string, change: Partial<Selection>): SavedState {
  const next = { ...selectionFor(saved, id), ...change };
  const others = saved.selections.filter(([key]) => key !== id);
  return { ...saved, selections: [...others, [id, next] as const].slice(-keptSelections) };
}

export function selectedHop(exchange: ExchangeView, selection: Selection): HopView | undefined {
  return exchange.hops.find((hop) => hop.number === selection.hop) ?? exchange.hops.at(-1);
}

/** The forms a body can be shown in, the best first. */
export function bodyModes(body: BodyView): readonly BodyMode[] {
  switch (body.kind) {
    case 'text':
      return [
        ...(body.pretty === undefined ? [] : ['pretty' as const]),
        'raw',
        ...(isSvg(body) ? ['image' as const] : []),
      ];
    case 'image':
      return ['image', 'hex'];
    case 'binary':
      return ['hex'];
    case 'empty':
      return [];
  }
}

function isSvg(body: Extract<BodyView, { kind: 'text' }>): boolean {
  return body.mediaType === 'image/svg+xml' && body.cut === undefined;
}
