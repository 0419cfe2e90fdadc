import type { BodyStore } from './bodyStore.ts';
import type { ResponseBody } from './transport.ts';

/** All that was kept of a response body, to be read once more. */
export interface KeptContent {
  /** Begins anew at each call. */
  readonly content: () => Uint8Array | AsyncIterable<Uint8Array>;
  /** Bytes of it. */
  readonly length: number;
  readonly isWhole: boolean;
}

/** What the store has, or what is in memory: a store that gives nothing back, or that failed before it had as much, is not asked. */
export function keptContent({ bytes, truncated, stored }: ResponseBody, store: BodyStore | undefined): KeptContent {
  if (!stored || !store?.read || stored.size < bytes.length) {
    return { content: () => bytes, length: bytes.length, isWhole: !truncated };
  }
  return { content: store.read.bind(store, stored), length: stored.size, isWhole: stored.trouble === undefined };
}
