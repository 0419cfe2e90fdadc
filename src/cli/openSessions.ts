import type { Sessions } from '../core/session/sessions.ts';
import { loadEngine } from './bundles.ts';
import type { Output } from './output.ts';
import { checkStore, storeFolder } from './storeFolder.ts';

export interface OpenOptions {
  /** `--store`. */
  readonly store: string | undefined;
  readonly output: Output;
}

/** The sessions of this process. What is wrong with a stored one is said once, on standard error. */
export function openSessions({ store, output }: OpenOptions): Sessions {
  checkStore(store);
  const engine = loadEngine();
  const key = engine.storeKeyFromEnvironment(process.env);
  let netrc: ReturnType<typeof engine.readNetrc> | undefined;
  return engine.nodeSessions({
    openStore: (folder) => engine.openStore({ directory: storeFolder(store, folder), ...key }),
    // All requests of one command see the same file.
    netrc: () => (netrc ??= engine.readNetrc()),
    onReport: ({ message }) => output.error(`crumbtrail: ${message}\n`),
  });
}
