import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder of the command line's stores (XDG Base Directory Specification, and its like on macOS and Windows). A relative XDG_STATE_HOME is invalid there and ignored. */
export function stateFolder(environment: NodeJS.ProcessEnv): string {
  return join(systemFolder(environment), 'crumbtrail');
}

function systemFolder({ XDG_STATE_HOME: xdg, LOCALAPPDATA: local }: NodeJS.ProcessEnv): string {
  if (xdg?.startsWith('/')) return xdg;
  if (process.platform === 'win32') return local ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return join(homedir(), '.local', 'state');
}
