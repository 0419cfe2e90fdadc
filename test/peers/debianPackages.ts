import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs of Debian's packages, unpacked beside the project: nothing is installed into the system. */
export interface Peers {
  /** First path below the unpacked packages or the system that is there. */
  readonly find: (...paths: readonly string[]) => string;
  readonly environment: NodeJS.ProcessEnv;
}

const packages = ['nginx-light', 'tinyproxy-bin', 'squid', 'microsocks', 'python3-httpbin'];
const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'peers');

/** Downloads and unpacks what is missing, once a checkout. A text says why the packages cannot be had. */
export async function debianPackages(): Promise<Peers | string> {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'this is no Debian';
  const root = join(cache, 'root');
  try {
    if (!existsSync(root)) await unpack(await download(), root);
  } catch (error) {
    // Another run may have put them there meanwhile.
    const why = String((error as { stderr?: string }).stderr ?? error).replaceAll(/\s+/g, ' ');
    if (!existsSync(root)) return `the packages cannot be had: ${why.slice(0, 200)}`;
  }
  return { find: (...paths) => find(root, paths), environment: environmentOf(root) };
}

/** Only packages that the system does not have; its own lists are used when it has any. */
async function download(): Promise<string[]> {
  const archives = join(cache, 'archives');
  mkdirSync(join(archives, 'partial'), { recursive: true });
  const options = [
    'Debug::NoLocking=1',
    `Dir::Cache::archives=${archives}/`,
    'Acquire::Retries=0',
    'Acquire::http::Timeout=10',
  ];
  const install = (more: readonly string[]) =>
    aptGet(['install', '-y', '--no-install-recommends', '--download-only', ...packages], [...options, ...more]);
  await install([]).catch(async () => {
    const lists = join(cache, 'lists');
    mkdirSync(join(lists, 'partial'), { recursive: true });
    const own = [`Dir::State::lists=${lists}/`];
    await aptGet(['update'], [...options, ...own]);
    await install(own);
  });
  return globSync(join(archives, '*.deb'));
}

async function aptGet(command: readonly string[], options: readonly string[]): Promise<void> {
  const settings = options.flatMap((option) => ['-o', option]);
  await run('apt-get', [...command, ...settings], {
    timeout: 120_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Under another name until it is whole, so that a run that was cut short leaves nothing half. */
async function unpack(files: readonly string[], root: string): Promise<void> {
  const draft = `${root}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const file of files) await run('dpkg', ['-x', file, draft]);
  renameSync(draft, root);
}

function find(root: string, paths: readonly string[]): string {
  const found = paths.flatMap((path) => [join(root, path), path]).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`None of ${paths.join(', ')} is in the packages.`);
  return found;
}

function environmentOf(root: string): NodeJS.ProcessEnv {
  const libraries = globSync(join(root, 'usr/lib/*-linux-gnu*'));
  return {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    LD_LIBRARY_PATH: libraries.join(':'),
    PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'),
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
