import { join } from 'node:path';
import { after, before } from 'node:test';
import { createDemo, type Demo } from '../../src/demo/server.ts';
import { makeFolder, runCli, type CliOptions, type CliRun } from './cli.ts';

/** A request file against the demo API, a store for it, and a way to run the program on both. */
export interface DemoCli {
  readonly demo: () => Demo;
  /** Folder with `requests.http` and the other files. */
  readonly folder: () => string;
  /** `crumbtrail send requests.http --store STORE …`, with `{{host}}` set to the demo. */
  send(args: readonly string[], options?: CliOptions): Promise<CliRun>;
  /** `crumbtrail … --store STORE`, in the folder. */
  run(args: readonly string[], options?: CliOptions): Promise<CliRun>;
  readonly store: () => string;
}

/** Registers the demo and the folder with the test file that calls it; both are gone afterwards. */
export function demoCli(files: Readonly<Record<string, string | Uint8Array>>): DemoCli {
  let demo: Demo;
  let folder: ReturnType<typeof makeFolder>;
  before(async () => {
    demo = await createDemo({ port: 0, secondPort: 0 });
    folder = makeFolder(files);
  });
  after(async () => {
    folder.remove();
    await demo.close();
  });
  const store = (): string => join(folder.path, 'store');
  const run: DemoCli['run'] = (args, options) =>
    runCli([...args, '--store', store()], { cwd: folder.path, ...options });
  return {
    demo: () => demo,
    folder: () => folder.path,
    store,
    run,
    send: (args, options) => run(['send', 'requests.http', ...args, '--var', `host=${demo.origin}`], options),
  };
}
