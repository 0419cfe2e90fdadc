import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';

// The plugin is what keeps dayjs from reading the host's time zone: every date here is made with an offset that came in.
dayjs.extend(utc);

/** A shift of the date such as `-1 d`; units as REST Client has them. */
export interface DateOffset {
  readonly amount: number;
  readonly unit: string;
}

/** Words for the unit of an offset. Case counts: `M` is months and `m` minutes. */
const units: Readonly<Record<string, dayjs.ManipulateType>> = {
  y: 'year',
  M: 'month',
  w: 'week',
  d: 'day',
  h: 'hour',
  m: 'minute',
  s: 'second',
  ms: 'millisecond',
};

export function isDateUnit(unit: string): boolean {
  return unit in units || unit === 'Q';
}

/** `epochMs` moved by `offset`, by the calendar: a month is a month. */
export function shiftDate(epochMs: number, offset: DateOffset): number {
  const date = dayjs.utc(epochMs);
  if (offset.unit === 'Q') return date.add(offset.amount * 3, 'month').valueOf();
  return date.add(offset.amount, units[offset.unit] ?? 'day').valueOf();
}

/**
 * A date as text. `format` is `iso8601`, `rfc1123`, or a pattern in dayjs or .NET letters (C6).
 * `utcOffsetMinutes` is minutes east of UTC; 0 gives UTC's own spellings (`Z`, `GMT`).
 */
export function formatDate(epochMs: number, format: string, utcOffsetMinutes: number): string {
  const date = dayjs.utc(epochMs);
  const shown = utcOffsetMinutes === 0 ? date : date.utcOffset(utcOffsetMinutes);
  if (format === 'iso8601') {
    return utcOffsetMinutes === 0 ? date.toISOString() : shown.format('YYYY-MM-DDTHH:mm:ss.SSSZ');
  }
  if (format === 'rfc1123') {
    return shown.format(`ddd, DD MMM YYYY HH:mm:ss ${utcOffsetMinutes === 0 ? '[GMT]' : 'ZZ'}`);
  }
  return shown.format(isDotNetPattern(format) ? fromDotNet(format) : format);
}

/** C6: `yyyy` or a lower-case `dd` without any dayjs `YYYY` or `DD` can only be meant as .NET. */
function isDotNetPattern(format: string): boolean {
  return /yyyy|(?<!d)dd(?!d)/.test(format) && !/YYYY|DD/.test(format);
}

/** .NET letters that dayjs spells differently; all others mean the same in both. Longest first. */
const dotNetTokens: Readonly<Record<string, string>> = {
  yyyy: 'YYYY',
  yy: 'YY',
  dddd: 'dddd',
  ddd: 'ddd',
  dd: 'DD',
  d: 'D',
  fff: 'SSS',
  tt: 'A',
  zzz: 'Z',
  K: 'Z',
};

function fromDotNet(format: string): string {
  const token = /'([^']*)'|\\(.)|yyyy|yy|d{1,4}|fff|tt|zzz|K/g;
  return format.replace(token, (match: string, quoted?: string, escaped?: string) => {
    const literal = quoted ?? escaped;
    if (literal !== undefined) return literal === '' ? '' : `[${literal}]`;
    return dotNetTokens[match] ?? match;
  });
}
