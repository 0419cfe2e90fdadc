import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { sessionFolder } from '../node/sessionPath.ts';
import { stateFolder } from '../node/stateFolder.ts';
import { UsageError } from './usageError.ts';

/** Where sessions of `root` are kept: `--store`, else the state folder of the system, one folder for each root (ARCHITECTURE "Where sessions live"). */
export function storeFolder(option: string | undefined, root: string): string {
  return option === undefined ? sessionFolder(stateFolder(process.env), root) : resolve(option);
}

/** Throws a `UsageError` for a store that cannot be one: found out before anything is sent whose cookies could not be kept. */
export function checkStore(option: string | undefined): void {
  if (option === undefined || statSync(option, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  throw new UsageError(
    `--store needs a folder, and ${option} is a file. Name the folder that holds it, or another one.`,
  );
}
