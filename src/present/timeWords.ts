const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time in one rounded unit, for example `30 days`, `2 hours`, `1 minute`, `less than a second`. */
export function spanWords(ms: number): string {
  const span = Math.abs(ms);
  if (span < second) return 'less than a second';
  if (span < 90 * second) return counted(Math.round(span / second), 'second');
  if (span < 90 * minute) return counted(Math.round(span / minute), 'minute');
  if (span < 36 * hour) return counted(Math.round(span / hour), 'hour');
  return counted(Math.round(span / day), 'day');
}

/** A moment seen from `now`: `in 30 days`, `2 hours ago`. */
export function momentWords(at: number, now: number): string {
  return at >= now ? `in ${spanWords(at - now)}` : `${spanWords(now - at)} ago`;
}

/** A moment that is past: `just now`, `2 hours ago`. */
export function agoWords(at: number, now: number): string {
  return now - at < second ? 'just now' : `${spanWords(now - at)} ago`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
