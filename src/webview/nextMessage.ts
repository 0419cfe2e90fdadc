import { changedExchange } from '../protocol/changedExchange.ts';
import type { ToView, ViewAnswer } from '../protocol/messages.ts';

/** What can be drawn by itself. */
export type Drawn = Exclude<ToView, { type: 'stream' } | ViewAnswer>;

/** What is drawn after a message. What is new of a stream changes what was shown; of another exchange than this one it changes nothing. */
export function nextMessage(before: Drawn | undefined, message: Exclude<ToView, ViewAnswer>): Drawn | undefined {
  if (message.type !== 'stream') return message;
  if (before?.type !== 'show' || before.exchange.id !== message.id) return before;
  return { ...before, exchange: changedExchange(before.exchange, message.hop, message.change) };
}
