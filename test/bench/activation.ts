import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** What a run of the extension host left in `.vscode-test/activation.json`. */
interface Activation {
  readonly activationMs: number;
  readonly rssBytes: number;
}

/** Activation can only be measured inside a real VS Code: the host tests do, and leave the result in a file. */
export function activationFigures(root: string): readonly Figure[] {
  const measured = read(join(root, '.vscode-test', 'activation.json'));
  const missing = { trouble: 'no .vscode-test/activation.json: run the host tests' };
  return [
    { name: 'activation', unit: 'ms', target: 20, ...(measured ? { value: measured.activationMs } : missing) },
    {
      name: 'activation, RSS',
      unit: 'bytes',
      target: 5_000_000,
      ...(measured ? { value: measured.rssBytes } : missing),
    },
  ];
}

function read(path: string): Activation | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Activation;
  } catch {
    return undefined;
  }
}
