import type { ExchangeView, HopView } from '../../protocol/exchangeView.ts';

export interface InterruptedWords {
  readonly message: string;
  readonly hint: string;
  /** Above what is there of the body. */
  readonly cut: string;
}

/** A view that was kept while its response came and never again: its window went. What had come of it stays, and is said to be no more. */
export function interruptedView(view: ExchangeView, { message, hint, cut }: InterruptedWords): ExchangeView {
  if (view.state !== 'running') return view;
  const { waitMs: _, ...rest } = view;
  const failure = { code: 'cancelled', message, hint };
  return { ...rest, state: 'cancelled', failure, hops: view.hops.map((hop) => endedHop(hop, cut)) };
}

function endedHop(hop: HopView, cut: string): HopView {
  const { beginning, transfer: _, ...ended } = hop;
  return beginning ? { ...ended, body: { ...beginning, cut } } : ended;
}
