import type { ExchangeView, HopView, PhaseView } from '../protocol/exchangeView.ts';
import { duration } from './format.ts';
import { useView } from './viewContext.ts';

/** The hop's share of the whole send, on the axis that all hops have in common. */
export function TimeBar({ exchange, hop }: { readonly exchange: ExchangeView; readonly hop: HopView }) {
  const { text } = useView();
  const ends = exchange.hops.map(({ startMs, totalMs }) => startMs + totalMs);
  const axis = Math.max(1, exchange.durationMs, ...ends);
  const isUnderWay = exchange.state === 'running' && hop.status === undefined && hop.failure === undefined;
  const pieces: Segment[] = isUnderWay
    ? [{ name: 'underWay', from: hop.startMs, ms: axis - hop.startMs }]
    : segments(hop, hop.startMs);
  return (
    <span class="track" title={text('barTitle', duration(hop.totalMs), duration(hop.startMs))} aria-hidden="true">
      {pieces.map(({ name, from, ms }) => (
        <span key={name} class={`segment phase-${name}`} style={place(from, ms, axis)} />
      ))}
    </span>
  );
}

interface Segment<Name = PhaseView['name'] | 'total' | 'underWay'> {
  readonly name: Name;
  /** Milliseconds on the axis. */
  readonly from: number;
  readonly ms: number;
}

/** Phases one after the other, the first at `start`; a hop whose phases are not known is one piece. */
export function segments(
  hop: Pick<HopView, 'phases' | 'totalMs'>,
  start: number,
): Segment<PhaseView['name'] | 'total'>[] {
  if (hop.phases.length === 0) return [{ name: 'total', from: start, ms: hop.totalMs }];
  let from = start;
  return hop.phases.map(({ name, ms }) => {
    const segment = { name, from, ms };
    from += ms;
    return segment;
  });
}

/** Percentages of the axis. They reach the element through the CSSOM, which the CSP allows. */
export function place(from: number, ms: number, axis: number): { left: string; width: string } {
  const left = Math.min(100, (from / axis) * 100);
  return { left: `${left}%`, width: `${Math.min(100 - left, (ms / axis) * 100)}%` };
}
