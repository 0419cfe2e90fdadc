import type { ExchangeView } from './exchangeView.ts';
import { changedStream, type StreamChange } from './streamView.ts';

/** The view after more has come of the response of one hop. Extension and view both keep it so, in place of sending all of it again. */
export function changedExchange(exchange: ExchangeView, hop: number, change: StreamChange): ExchangeView {
  const { wireBytes, decodedBytes } = change;
  return {
    ...exchange,
    hops: exchange.hops.map((each) =>
      each.number === hop ? { ...each, wireBytes, decodedBytes, stream: changedStream(each.stream, change) } : each,
    ),
  };
}
