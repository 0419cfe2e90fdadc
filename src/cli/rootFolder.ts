import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './usageError.ts';

/**
 * The folder a session belongs to and body files may be read from: `--root`, else the nearest folder at or above `folder`
 * with `.git` or `.vscode`, else `folder` itself (ARCHITECTURE 2a). Links are followed, so that one folder is one session.
 */
export function rootFolder(option: string | undefined, folder: string): string {
  if (option !== undefined) return existingFolder(option);
  const start = realpathSync(resolve(folder));
  return nearestProject(start) ?? start;
}

function existingFolder(option: string): string {
  const folder = resolve(option);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--root must be a folder, and ${option} is none.`);
  }
  return realpathSync(folder);
}

function nearestProject(folder: string): string | undefined {
  if (['.git', '.vscode'].some((mark) => existsSync(join(folder, mark)))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : nearestProject(above);
}
