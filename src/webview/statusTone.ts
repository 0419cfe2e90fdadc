import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';
import type { IconName } from './icons.tsx';
import type { Text } from './viewContext.ts';

/** How an end looks; the words beside it say the same. */
export type Tone = 'ok' | 'redirect' | 'bad' | 'calm';

export function hopTone({ status, failure }: HopView): Tone {
  if (failure !== undefined) return 'bad';
  if (status === undefined) return 'calm';
  if (status >= 400) return 'bad';
  return status >= 300 || status < 200 ? 'redirect' : 'ok';
}

/** `302 Found`; what else there is to say when no response came. */
export function hopStatus(hop: HopView, isRunning: boolean, text: Text): string {
  if (hop.status !== undefined) return `${hop.status} ${hop.reason ?? ''}`.trim();
  return isRunning && hop.failure === undefined ? text('hopUnderWay') : text('hopNoResponse');
}

export interface Ending {
  readonly words: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

/** What stands first in the head: the last status, or why there is none. */
export function ending(exchange: ExchangeView, text: Text): Ending {
  switch (exchange.state) {
    case 'running':
      return { words: runningWords(exchange, text), tone: 'calm', icon: 'running' };
    case 'failed':
      return { words: text('failed'), tone: 'bad', icon: 'error' };
    case 'cancelled':
      return { words: text('cancelled'), tone: 'redirect', icon: 'blocked' };
    case 'blocked':
      return { words: text('notSent'), tone: 'bad', icon: 'blocked' };
    case 'completed':
      return completed(exchange.hops.at(-1), text);
  }
}

/** A stream may be under way for hours: how it was answered is known all that time. So is why another attempt is waited for. */
function runningWords({ hops, waitMs }: ExchangeView, text: Text): string {
  const last = hops.at(-1);
  const isTold = last && (waitMs !== undefined || (last.stream && last.status !== undefined));
  return isTold ? `${text('running')} ${hopStatus(last, true, text)}` : text('running');
}

function completed(last: HopView | undefined, text: Text): Ending {
  if (last === undefined) return { words: text('hopNoResponse'), tone: 'calm', icon: 'blocked' };
  const tone = hopTone(last);
  const icons = { ok: 'pass', redirect: 'redirect', bad: 'error', calm: 'blocked' } as const;
  return { words: hopStatus(last, false, text), tone, icon: icons[tone] };
}
