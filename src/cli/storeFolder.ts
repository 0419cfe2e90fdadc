import { resolve } from 'node:path';
import { sessionFolder } from '../node/sessionPath.ts';
import { stateFolder } from '../node/stateFolder.ts';

/** Where sessions of `root` are kept: `--store`, else the state folder of the system, one folder for each root (ARCHITECTURE "Where sessions live"). */
export function storeFolder(option: string | undefined, root: string): string {
  return option === undefined ? sessionFolder(stateFolder(process.env), root) : resolve(option);
}
