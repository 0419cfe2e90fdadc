import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { median, type Figure } from './figure.ts';

/** A command line for Node, and what it must say when it did its work: behind a pipe the facts of a request go to standard error. */
export interface Program {
  readonly args: readonly string[];
  readonly shows?: RegExp;
}

/**
 * How many times as long `ours` takes as `theirs`: whole processes, started alternately so that a busy machine slows both, the
 * median of the pairs' ratios.
 */
export async function compare(
  name: string,
  target: number,
  ours: Program,
  theirs: Program,
  pairs: number,
): Promise<Figure> {
  const base = { name, unit: 'x', target } as const;
  try {
    await run(ours);
    await run(theirs);
    const ratios: number[] = [];
    const times: [number, number][] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const [mine, other] = [await run(ours), await run(theirs)];
      times.push([mine, other]);
      ratios.push(mine / other);
    }
    return { ...base, value: median(ratios), spread: spreadOf(ratios, times) };
  } catch (error) {
    return { ...base, trouble: error instanceof Error ? error.message : String(error) };
  }
}

function spreadOf(ratios: readonly number[], times: readonly (readonly [number, number])[]): string {
  const low = Math.min(...ratios).toFixed(2);
  const high = Math.max(...ratios).toFixed(2);
  const ours = median(times.map(([mine]) => mine)).toFixed(0);
  const theirs = median(times.map(([, other]) => other)).toFixed(0);
  return `${low} to ${high}; medians ${ours} and ${theirs} ms`;
}

/** Milliseconds from start to exit. Throws when it fails or shows something else. */
async function run({ args, shows }: Program): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  const took = performance.now() - begun;
  if (code === 0 && (shows?.test(out + err) ?? true)) return took;
  const firstLine = (err || out).trim().split('\n', 1)[0] ?? '';
  throw new Error(`exit code ${code}: ${firstLine.slice(0, 120)}`);
}
