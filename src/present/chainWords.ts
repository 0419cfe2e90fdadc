import type { Exchange } from '../core/session/exchange.ts';

/** The chain in a few words for a lens or a status: `302 → 303 → 200 · 84 ms`; a hop without a response is told by its failure. */
export function chainWords({ hops, failure, outcome, durationMs }: Exchange): string {
  const statuses = hops.map(({ response }) => response?.status).filter((status) => status !== undefined);
  const shown = statuses.length > 5 ? [...statuses.slice(0, 2), '…', ...statuses.slice(-2)] : statuses;
  const end = outcome === 'cancelled' ? ['cancelled'] : failure ? [failure.code] : [];
  return `${[...shown, ...end].join(' → ')} · ${duration(durationMs)}`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
