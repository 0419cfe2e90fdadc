import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SessionKey } from '../core/session/session.ts';
import type { Sessions } from '../core/session/sessions.ts';
import type { SessionStore } from '../core/session/store.ts';
import { loadEngine } from './bundles.ts';
import type { Output } from './output.ts';
import { storeFolder } from './storeFolder.ts';

export interface OpenOptions {
  /** `--store`. */
  readonly store: string | undefined;
  readonly output: Output;
}

/** The sessions of this process. What is wrong with a stored one is said once, on standard error. */
export function openSessions({ store, output }: OpenOptions): Sessions {
  const engine = loadEngine();
  const key = engine.storeKeyFromEnvironment(process.env);
  const stores = new Map<string, SessionStore>();
  const openStore = (folder: string): SessionStore => {
    const known = stores.get(folder) ?? engine.openStore({ directory: storeFolder(store, folder), ...key });
    stores.set(folder, known);
    return known;
  };
  return engine.createSessions({
    store: openStore,
    newSession: (sessionKey, snapshot) =>
      engine.createSession({
        key: sessionKey,
        snapshot,
        jar: engine.createCookieJar(),
        transport: engine.createTransport({ now: Date.now, ca: engine.systemRoots }),
        now: Date.now,
        newId: randomUUID,
        yieldToIo: () => nextTurn(),
      }),
    now: Date.now,
    later: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    onReport: ({ message }) => output.error(`crumbtrail: ${message}\n`),
  });
}

/** The key of a session: `-` is the profile of no environment (ARCHITECTURE 2a). */
export function sessionKey(root: string, environment: readonly string[], name: string): SessionKey {
  return { folder: root, profile: environment.length === 0 ? '-' : environment.join(','), name };
}
