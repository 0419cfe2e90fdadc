/* `npm start`: the extension in a VS Code with the examples and the demo API. Stays until Ctrl+C. */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDemo } from '../../src/demo/server.ts';
import { workbenchUrl } from './browser.ts';
import { findCodeCommand } from './desktopCode.ts';
import { copyExamples } from './exampleWorkspace.ts';
import { root, workFolder } from './paths.ts';
import { startServer } from './server.ts';

await start();

async function start(): Promise<void> {
  build();
  const demo = await createDemo();
  const workspace = join(workFolder, 'example-workspace');
  rmSync(workspace, { recursive: true, force: true });
  copyExamples(workspace, demo);
  console.log(`Demo API   ${demo.origin} and ${demo.otherOrigin}`);
  await openCode(workspace);
  console.log('\nClick "Send" above "Log in". Ctrl+C here ends the demo API and the server.');
}

function build(): void {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed; see above.');
}

/** A desktop window stays open after Ctrl+C, since the user may have work in it; the server ends with this process. */
async function openCode(workspace: string): Promise<void> {
  const file = join(workspace, 'demo.http');
  const code = findCodeCommand();
  if (code !== undefined) {
    const args = [`--extensionDevelopmentPath=${root}`, '--new-window', workspace, '--goto', file];
    spawn(code, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    console.log(`VS Code    ${code}`);
    return;
  }
  // A folder and an address that stay: the window has its layout and its sessions again next time.
  const server = await startServer({ folder: join(workFolder, 'start'), port: 3122, extension: root });
  const url = workbenchUrl(server, { workspace, openFile: file });
  console.log(`VS Code    ${server.label} in the browser:\n\n  ${url}`);
  openBrowser(url);
}

function openBrowser(url: string): void {
  const [command, ...args] = browserCommand();
  if (command === undefined) return;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('No browser could be opened: open the address above by hand.'));
  child.unref();
}

function browserCommand(): readonly string[] {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer'];
  return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? ['xdg-open'] : [];
}
