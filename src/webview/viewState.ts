import type { BodyView, ExchangeView, HopView } from '../protocol/exchangeView.ts';

export const tabIds = ['body', 'headers', 'cookies', 'request', 'timing'] as const;
export type TabId = (typeof tabIds)[number];

export type BodyMode = 'stream' | 'pretty' | 'tree' | 'table' | 'raw' | 'image' | 'play' | 'document' | 'parts' | 'hex';

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

const nothingSaved: SavedState = { pinned: false, selections: [] };

const keptSelections = 20;

/** What VS Code kept for the page, as far as it is what this version keeps. */
export function readSavedState(kept: unknown): SavedState {
  if (!isRecord(kept)) return nothingSaved;
  const { id, batch, pinned, selections } = kept;
  return {
    ...(typeof id === 'string' && { id }),
    ...(typeof batch === 'string' && { batch }),
    pinned: pinned === true,
    selections: Array.isArray(selections) ? selections.filter(isSelected) : [],
  };
}

function isSelected(value: unknown): value is readonly [id: string, selection: Selection] {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || !isRecord(value[1])) return false;
  const { hop, tab, body, request, wrap } = value[1];
  return (
    (hop === undefined || typeof hop === 'number') &&
    tabIds.some((id) => id === tab) &&
    (body === undefined || typeof body === 'string') &&
    (request === 'sent' || request === 'written') &&
    typeof wrap === 'boolean'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
  const parts = 'parts' in body && body.parts ? (['parts'] as const) : [];
  switch (body.kind) {
    case 'text':
      return [...parts, ...textModes(body)];
    case 'image':
      return ['image', 'hex'];
    case 'binary':
      return [...parts, ...binaryModes(body), 'hex'];
    case 'empty':
      return [];
  }
}

function textModes(body: Extract<BodyView, { kind: 'text' }>): BodyMode[] {
  const isStructured = body.language === 'json' || body.language === 'xml';
  // A body that is long, or nested too deeply for lines, has a tree all the same.
  const tree = isStructured && (body.pretty !== undefined || body.text.length > shortText) ? (['tree'] as const) : [];
  return [
    ...(body.table === undefined ? [] : ['table' as const]),
    // What is not indented yet is shown as it came until it is.
    ...(body.pretty === undefined ? (['raw', ...tree] as const) : (['pretty', ...tree, 'raw'] as const)),
    ...(isSvg(body) ? ['image' as const] : []),
  ];
}

const shortText = 1000;

function binaryModes({ mediaType, cut }: Extract<BodyView, { kind: 'binary' }>): BodyMode[] {
  if (cut === undefined && /^(?:audio|video)\//.test(mediaType)) return ['play'];
  return mediaType === 'application/pdf' ? ['document'] : [];
}

/** A picture is drawn on demand from a text that is whole. */
function isSvg(body: Extract<BodyView, { kind: 'text' }>): boolean {
  return body.mediaType === 'image/svg+xml' && body.cut === undefined;
}
