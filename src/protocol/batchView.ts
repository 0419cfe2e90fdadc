import type { ExchangeView } from './exchangeView.ts';

/** Several requests sent one after another, as the response view lists them. */
export interface BatchView {
  readonly id: string;
  /** What the user asked for: `Send All`. */
  readonly title: string;
  /** `stopped`: by a failure or by the user, before all were sent. */
  readonly state: 'running' | 'done' | 'stopped';
  readonly entries: readonly BatchEntryView[];
}

export interface BatchEntryView {
  /** The exchange's; it can be opened once the entry is under way. */
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | ExchangeView['state'];
  /** `302 → 200`, or why there is no status. */
  readonly outcome?: string;
  readonly isGood: boolean;
  readonly durationMs: number;
}
