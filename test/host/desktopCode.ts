import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** The user's `code` command, or `undefined`. Inside a VS Code terminal on a remote machine it is another program, which is left out. */
export function findCodeCommand(): string | undefined {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  return found === undefined || found.includes('remote-cli') || !hasDisplay() ? undefined : found;
}

/** The desktop VS Code itself, for running tests in: CRUMBTRAIL_VSCODE, or what the `code` command belongs to. */
export function findDesktopCode(): string | undefined {
  const wanted = process.env['CRUMBTRAIL_VSCODE'];
  if (wanted !== undefined) {
    if (!existsSync(wanted)) throw new Error(`CRUMBTRAIL_VSCODE names ${wanted}, and there is no such file.`);
    return wanted;
  }
  const command = findCodeCommand();
  if (command === undefined) return undefined;
  const bin = dirname(realpathSync(command));
  const executables = { win32: '../Code.exe', darwin: '../../../MacOS/Electron', linux: '../code' };
  const executable = join(bin, executables[process.platform as keyof typeof executables] ?? '../code');
  return existsSync(executable) ? executable : undefined;
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
