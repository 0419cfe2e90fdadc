import type { ExchangeView } from '../protocol/exchangeView.ts';

export interface Notice {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly offers: ExchangeView['offers'];
}

/** A send that never came to be, shown where its response would have been: what stopped it and the next step. */
export function noticeView({ now, code, message, hint, offers }: Notice): ExchangeView {
  return {
    id: `notice-${code}`,
    state: 'blocked',
    title: '',
    environment: '',
    session: '',
    startedAt: now,
    durationMs: 0,
    failure: { code, message, hint },
    problems: [],
    hops: [],
    warnings: [],
    captured: [],
    offers,
  };
}
