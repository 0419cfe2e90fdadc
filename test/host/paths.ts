import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Repository root. */
export const root = resolve(import.meta.dirname, '..', '..');

/** What tests download and write; git ignores it, deleting it is safe. */
export const workFolder = join(root, '.vscode-test');

/** Screenshots of the main states, for people to look at; git ignores it. */
export const screenshotFolder = join(root, '.screenshots');

/** A new empty folder below `.vscode-test/run`. */
export function freshFolder(name: string): string {
  const parent = join(workFolder, 'run');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${name}-`));
}
