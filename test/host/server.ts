import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureServerBuild, type HostVersion, type ServerBuild } from './install.ts';
import { freshFolder } from './paths.ts';
import { startSecretsProxy } from './secretsProxy.ts';
import { startGroup, type ProcessGroup } from './processGroup.ts';

export type Settings = Readonly<Record<string, unknown>>;

export interface ServerOptions {
  readonly version?: HostVersion;
  /** Without trust, VS Code opens folders in Restricted Mode. Default true: everything is trusted. */
  readonly trusted?: boolean;
  readonly settings?: Settings;
  /** Environment of the extension host, added to ours. */
  readonly env?: Readonly<Record<string, string>>;
  /** A package to install first, as a user would. */
  readonly vsix?: string;
  /** Folder of an extension that counts as installed and runs from where it stands. */
  readonly extension?: string;
  /** Folders of other extensions beside it. */
  readonly beside?: readonly string[];
  /**
   * Makes pages obey `extension` and `tests` of `PageOptions`. The price: VS Code shows no notification toasts then.
   * Default false.
   */
  readonly driver?: boolean;
  /** Taken when it is free; any free one otherwise. */
  readonly port?: number;
  /** Keep these folders over the run; fresh ones by default, deleted at the end. */
  readonly folder?: string;
}

/** A running server build of VS Code. */
export interface Server {
  readonly origin: string;
  readonly label: string;
  /** Everything the server wrote so far. */
  log(): string;
  /** Adds machine settings; a running workbench takes them over at once. */
  setSettings(settings: Settings): void;
  stop(): Promise<void>;
}

/** Quiet start: nothing but the editor, nothing that talks to the network. */
const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'window.commandCenter': false,
  // Every two seconds the search for ports starts processes in the extension host, which stands still for it.
  'remote.autoForwardPorts': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
};

/** Starts a server on a free port, in a process group of its own. Rejects with its output when it does not come up in a minute. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const build = ensureServerBuild(options.version ?? 'newest');
  const folder = options.folder ?? freshFolder('server');
  const files = new MachineFiles(folder);
  files.setSettings({ ...quietSettings, ...options.settings });
  if (options.vsix !== undefined) installExtension(build, files, options.vsix);
  for (const each of [options.extension ?? [], options.beside ?? []].flat()) files.linkExtension(each);
  const group = startGroup(build.node, serverArguments(build, files, options), {
    ...(options.env !== undefined && { env: options.env }),
  });
  const output = collectOutput(group);
  await using started = new AsyncDisposableStack();
  started.defer(() => {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  started.defer(() => group.stop());
  const port = await listeningPort(group, output);
  const proxy = await startSecretsProxy(port, join(folder, 'secrets-key'), options.port ?? 0);
  started.defer(() => proxy.close());
  const setSettings = (settings: Settings): void => files.setSettings(settings);
  const running = started.move();
  const stop = (): Promise<void> => running.disposeAsync();
  return { origin: proxy.origin, label: build.label, log: () => output.join(''), setSettings, stop };
}

class MachineFiles {
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  readonly #settings: Record<string, unknown> = {};

  constructor(folder: string) {
    this.dataFolder = join(folder, 'data');
    this.extensionsFolder = join(folder, 'extensions');
    for (const each of [this.#machineFolder, this.#userFolder, this.extensionsFolder])
      mkdirSync(each, { recursive: true });
    const userSettings = join(this.#userFolder, 'settings.json');
    // Not a setting of the machine: an address that names a file would open that alone, and a reload would lose the other editors.
    if (!existsSync(userSettings)) writeFileSync(userSettings, JSON.stringify({ 'window.restoreWindows': 'preserve' }));
  }

  setSettings(settings: Settings): void {
    Object.assign(this.#settings, settings);
    writeFileSync(join(this.#machineFolder, 'settings.json'), JSON.stringify(this.#settings, undefined, 2));
  }

  /** Adds what VS Code writes after an installation, with a location outside its own folder. */
  linkExtension(folder: string): void {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<Record<string, string>>;
    const entry = {
      identifier: { id: `${manifest['publisher']}.${manifest['name']}` },
      version: manifest['version'],
      location: { $mid: 1, path: folder, scheme: 'file' },
    };
    const list = join(this.extensionsFolder, 'extensions.json');
    const before = existsSync(list)
      ? (JSON.parse(readFileSync(list, 'utf8')) as { readonly identifier: object }[])
      : [];
    // A server folder that is used again has it already.
    const others = before.filter(({ identifier }) => JSON.stringify(identifier) !== JSON.stringify(entry.identifier));
    writeFileSync(list, JSON.stringify([...others, entry]));
  }

  get #userFolder(): string {
    return join(this.dataFolder, 'data', 'User');
  }

  get #machineFolder(): string {
    return join(this.dataFolder, 'data', 'Machine');
  }
}

function serverArguments(build: ServerBuild, files: MachineFiles, options: ServerOptions): string[] {
  const address = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
  const driver = options.driver === true ? ['--enable-smoke-test-driver'] : [];
  const trust = options.trusted === false ? [] : ['--disable-workspace-trust'];
  return [build.serverMain, ...address, ...driver, ...trust, ...folderArguments(files)];
}

function folderArguments(files: MachineFiles): string[] {
  const folders = ['--server-data-dir', files.dataFolder, '--extensions-dir', files.extensionsFolder];
  return [...folders, '--accept-server-license-terms', '--telemetry-level', 'off'];
}

function installExtension(build: ServerBuild, files: MachineFiles, vsix: string): void {
  const args = [build.serverMain, '--install-extension', vsix, ...folderArguments(files)];
  const { status, stdout, stderr } = spawnSync(build.node, args, { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`VS Code did not install ${vsix}:\n${stdout}${stderr}`);
}

function collectOutput(group: ProcessGroup): string[] {
  const output: string[] = [];
  group.process.stdout?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  group.process.stderr?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  return output;
}

/** The port stands in the server's own words, so nobody can take it in between. */
async function listeningPort(group: ProcessGroup, output: readonly string[]): Promise<number> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const port = /Extension host agent listening on (\d+)/.exec(output.join(''))?.[1];
    if (port !== undefined) return Number(port);
    if (group.process.exitCode !== null) break;
    await delay(50);
  }
  throw new Error(`The server build of VS Code did not start:\n${output.join('')}`);
}
