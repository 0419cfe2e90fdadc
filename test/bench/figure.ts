/** One measured number with its target, as the table and the JSON show it. */
export interface Figure {
  readonly name: string;
  readonly unit: 'x' | 'bytes' | 'ms' | 'MB/s' | '%';
  /** Absent when it could not be measured; then `trouble` says why. */
  readonly value?: number;
  /** The most it may be; for MB/s the least. Absent: for information. */
  readonly target?: number;
  /** How far the single measurements lie apart, in words. */
  readonly spread?: string;
  readonly trouble?: string;
}

export type Verdict = 'met' | 'missed' | 'not measured' | '';

export function verdictOf({ value, target, unit }: Figure): Verdict {
  if (value === undefined) return 'not measured';
  if (target === undefined) return '';
  return (unit === 'MB/s' ? value >= target : value <= target) ? 'met' : 'missed';
}

/** The table for people, one line a figure. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    figure.value === undefined ? '–' : amount(figure.value, figure.unit),
    figure.target === undefined ? '' : `${figure.unit === 'MB/s' ? '≥' : '≤'} ${amount(figure.target, figure.unit)}`,
    verdictOf(figure),
    figure.trouble ?? figure.spread ?? '',
  ]);
  const all = [['figure', 'value', 'target', 'verdict', 'spread'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function amount(value: number, unit: Figure['unit']): string {
  switch (unit) {
    case 'x':
      return `${value.toFixed(2)}x`;
    case 'bytes':
      return value >= 1e6 ? `${(value / 1e6).toFixed(2)} MB` : `${(value / 1e3).toFixed(1)} kB`;
    case 'ms':
      return `${value.toFixed(Math.abs(value) < 1 ? 2 : 1)} ms`;
    case 'MB/s':
      return `${value.toFixed(0)} MB/s`;
    case '%':
      return `${value.toFixed(1)} %`;
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
