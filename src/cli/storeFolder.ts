import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { sessionFolder } from '../node/sessionPath.ts';

/** Where sessions of `root` are kept: `--store`, else the state folder of the system, one folder for each root (ARCHITECTURE 2a). */
export function storeFolder(option: string | undefined, root: string): string {
  return option === undefined ? sessionFolder(join(stateFolder(), 'crumbtrail'), root) : resolve(option);
}

/** XDG Base Directory Specification, and its like on macOS and Windows. A relative XDG_STATE_HOME is invalid there and ignored. */
function stateFolder(): string {
  const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg?.startsWith('/')) return xdg;
  if (process.platform === 'win32') return local ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return join(homedir(), '.local', 'state');
}
