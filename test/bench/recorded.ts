import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, type Figure } from './figure.ts';

const file = join(import.meta.dirname, 'recorded.json');

/** The values of the last runs that were recorded, by the name of the figure. */
type Recorded = Readonly<Record<string, readonly number[]>>;

/** So many runs tell how much a figure moves by itself. */
const keptRuns = 5;

/** What a figure may always be worse by, as a share: five runs of a quiet hour know less of noise than a busy machine. */
const leastNoise = 0.15;

/** Adds this run to the recorded ones. Times of one machine say nothing on another, so only ratios, sizes and shares are kept. */
export function record(figures: readonly Figure[]): void {
  const before = read();
  const entries = figures
    .filter(isComparable)
    .map(
      ({ name, value }) => [name, [...(before[name] ?? []), Number(value.toPrecision(6))].slice(-keptRuns)] as const,
    );
  const lines = entries.map(([name, values]) => `  ${JSON.stringify(name)}: [${values.join(', ')}]`);
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
}

/** One line for each figure that is worse than the recorded runs by more than their noise. Without a record nothing can be said, which is a line too. */
export function regressions(figures: readonly Figure[]): readonly string[] {
  const recorded = read();
  if (Object.keys(recorded).length === 0)
    return ['no run is recorded yet: "npm run bench -- --record" on a quiet machine'];
  return figures.filter(isComparable).flatMap(({ name, value, target }) => {
    const values = recorded[name] ?? [];
    if (values.length === 0) return [];
    const usual = median(values);
    const spread = Math.max(...values) - Math.min(...values);
    // Of what is usually nothing, a share is nothing too.
    const noise = Math.max(spread, Math.abs(usual) * leastNoise, (target ?? 0) * leastNoise);
    return value <= usual + noise
      ? []
      : [`${name}: ${value.toFixed(2)}, recorded ${usual.toFixed(2)} with a noise of ${noise.toFixed(2)}`];
  });
}

function isComparable(figure: Figure): figure is Figure & { readonly value: number } {
  return figure.value !== undefined && (figure.unit === 'x' || figure.unit === 'bytes' || figure.unit === '%');
}

function read(): Recorded {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : {};
}
