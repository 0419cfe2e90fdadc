const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `812 B`, `3.8 kB`, `10 MB`: decimal units, at most one digit behind the point. */
export function size(bytes: number): string {
  const power = Math.min(sizeUnits.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${rounded(bytes / 1000 ** power, 1)} ${sizeUnits[power] ?? 'B'}`;
}

/** `0.4 ms`, `84 ms`, `3.2 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${rounded(ms, 1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${rounded(ms / 1000, 2)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** Time of day with seconds, as the user's system writes it. */
export function timeOfDay(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** Time of day with milliseconds, for things that follow each other closely. */
export function timeWithMs(epochMs: number): string {
  const format = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;
  return new Date(epochMs).toLocaleTimeString(undefined, { ...format, hourCycle: 'h23' });
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
