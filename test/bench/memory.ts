import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EchoServer } from './benchSession.ts';
import type { Figure } from './figure.ts';

export const sendsMeasured = 10_000;

/** Resident memory before and after so many sends, in bytes. */
export interface Memory {
  readonly before: number;
  readonly after: number;
}

/** What a session that is sent in all day keeps: a process of its own, so that nothing else is in its memory. */
export async function memoryFigure({ origin }: EchoServer): Promise<Figure> {
  const child = fork(join(import.meta.dirname, 'manySends.ts'), [origin], { execArgv: ['--expose-gc'] });
  const base = { name: `memory grown by ${sendsMeasured.toLocaleString('en')} sends`, unit: '%', target: 10 } as const;
  const said = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const memory = said[0] as Memory | number | null;
  if (memory === null || typeof memory === 'number') return { ...base, trouble: `exit code ${memory}` };
  const { before, after } = memory;
  const inMegabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
  return { ...base, value: (after / before - 1) * 100, spread: `${inMegabytes(before)} to ${inMegabytes(after)} MB` };
}
