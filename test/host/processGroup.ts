import { spawn, type ChildProcess } from 'node:child_process';

/** A process with all its descendants, ended as one. */
export interface ProcessGroup {
  readonly process: ChildProcess;
  /** Ends every process of the group at once; doing it twice is safe. Resolves when the first process is gone. */
  stop(): Promise<void>;
}

const running = new Set<ProcessGroup>();

/**
 * Runs the command line that it is given, and kills its whole group when standard input ends. The other end of that pipe is ours: it
 * closes even if we are killed without a chance to clean up.
 */
const guard = `exec 3<&0; (cat <&3 >/dev/null 2>&1; kill -KILL -- -$$) >/dev/null 2>&1 & "$@" </dev/null 3<&-`;

/** Starts `command` as the leader of a group of its own. Standard output and error are pipes. */
export function startGroup(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): ProcessGroup {
  if (running.size === 0) endGroupsAtExit();
  const given = { ...options, env: environmentFor({ ...process.env, ...options.env }) };
  const child =
    process.platform === 'win32'
      ? spawn(command, args, { ...given, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('sh', ['-c', guard, 'guard', command, ...args], { ...given, detached: true, stdio: 'pipe' });
  const group: ProcessGroup = { process: child, stop: () => stop(group) };
  running.add(group);
  return group;
}

/** Leaves out what a test runner or a surrounding VS Code put there for its own children: a VS Code of ours would obey it. */
function environmentFor(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = (name: string): boolean =>
    /^(?:NODE_TEST_CONTEXT|NODE_OPTIONS|VSCODE_.*|ELECTRON_RUN_AS_NODE)$/.test(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign(name)));
}

async function stop(group: ProcessGroup): Promise<void> {
  running.delete(group);
  const { process: child } = group;
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  killGroup(child);
  await gone;
}

/** The group outlives its leader when that one crashed, so the group is asked and not the leader. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function endGroupsAtExit(): void {
  process.once('exit', () => {
    for (const group of running) killGroup(group.process);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130));
  }
}
