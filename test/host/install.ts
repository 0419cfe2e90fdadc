import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workFolder } from './paths.ts';

/** The two ends of the range of VS Code that the tests run on. */
export type HostVersion = 'newest' | 'oldest';

/** A server build of VS Code and the Node that it runs under. */
export interface ServerBuild {
  /** For people, for example `VS Code 1.139`. */
  readonly label: string;
  readonly node: string;
  readonly serverMain: string;
}

const builds: Readonly<Record<HostVersion, { readonly version: string; readonly label: string }>> = {
  newest: { version: '4.139.1', label: 'VS Code 1.139' },
  oldest: { version: '4.117.0', label: 'VS Code 1.117' },
};

/** Installs what is missing into `.vscode-test` and says where it is. Later calls cost nothing. */
export function ensureServerBuild(version: HostVersion): ServerBuild {
  const { version: number, label } = builds[version];
  const folder = join(workFolder, `code-server-${number}`);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  installOnce(folder, `${label} (about 600 MB on disk, once)`, () => {
    npmInstall(folder, ['--ignore-scripts', `code-server@${number}`]);
    npmInstall(vscode, ['--ignore-scripts', '--omit=dev']);
  });
  if (version === 'oldest') borrowRipgrep(vscode);
  // The server of VS Code 1.117 stops at Node 22: it loads nothing on newer ones.
  const node = version === 'oldest' ? ensureNode22() : process.execPath;
  return { label, node, serverMain: join(vscode, 'out', 'server-main.js') };
}

/** Without install scripts the older build has no ripgrep, and file search in the workspace fails; the newer build brings one. */
function borrowRipgrep(oldest: string): void {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const target = join(oldest, 'node_modules', '@vscode', 'ripgrep', 'bin', name);
  if (existsSync(target)) return;
  const newest = dirname(dirname(ensureServerBuild('newest').serverMain));
  const platform = `${process.platform}-${process.arch}`;
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(newest, 'node_modules', '@vscode', 'ripgrep-universal', 'bin', platform, name), target);
}

function ensureNode22(): string {
  const folder = join(workFolder, 'node-22');
  installOnce(folder, 'Node 22 for it', () => npmInstall(folder, ['node@22']));
  return join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The path of a Chromium, installed with apt where that is possible. Throws one line that says how to get one. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!isRootOnDebian) {
    throw new Error(
      'The tests need Chromium: install it (on Debian: sudo apt-get install chromium) or set CRUMBTRAIL_CHROMIUM to its path.',
    );
  }
  console.log('Installing Chromium with apt (once) …');
  run('apt-get', ['-qq', 'update'], {});
  run('apt-get', ['-qq', '-y', 'install', 'chromium', 'fonts-dejavu-core'], { DEBIAN_FRONTEND: 'noninteractive' });
  const installed = findChromium();
  if (installed === undefined) throw new Error('apt installed chromium, but /usr/bin/chromium is not there.');
  return installed;
}

function findChromium(): string | undefined {
  const wanted = process.env['CRUMBTRAIL_CHROMIUM'];
  if (wanted !== undefined) {
    if (!existsSync(wanted)) throw new Error(`CRUMBTRAIL_CHROMIUM names ${wanted}, and there is no such file.`);
    return wanted;
  }
  return chromiumPlaces.find((path) => existsSync(path));
}

/** Where the packages of Debian and the installers of the others put it. */
const chromiumPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
];

/** The marker is written last, so an interrupted installation begins anew. */
function installOnce(folder: string, what: string, install: () => void): void {
  const marker = join(folder, '.complete');
  if (existsSync(marker)) return;
  console.log(`Fetching ${what} into ${folder} …`);
  const started = performance.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  install();
  writeFileSync(marker, '');
  console.log(`Fetched in ${Math.round((performance.now() - started) / 1000)} s.`);
}

function npmInstall(folder: string, args: readonly string[]): void {
  // The prefix is given in words: inside an npm script the environment would name the project's folder.
  run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', ...args], {}, folder);
}

/** Output is shown only when it failed. */
function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>, cwd?: string): void {
  const result = spawnSync(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return;
  const reason = result.error?.message ?? `exit code ${result.status}\n${result.stdout}${result.stderr}`;
  throw new Error(`\`${command} ${args.join(' ')}\` failed: ${reason}`);
}
