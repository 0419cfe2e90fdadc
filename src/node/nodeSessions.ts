import { randomUUID } from 'node:crypto';
import { createCookieJar } from '../core/cookies/createCookieJar.ts';
import { createSession } from '../core/session/createSession.ts';
import type { SessionReport } from '../core/session/savedSession.ts';
import { createSessions, type Sessions } from '../core/session/sessions.ts';
import type { SessionStore } from '../core/session/store.ts';
import type { NetrcFile } from '../core/http/auth/netrc.ts';
import { nodeCrypto } from './hash.ts';
import { readNetrc } from './netrc.ts';
import { sleep } from './sleep.ts';
import { systemRoots } from './systemRoots.ts';
import { createTransport } from './transport.ts';

export interface NodeSessionsParts {
  /** The store of a workspace folder; asked once for each folder. */
  readonly openStore: (folder: string) => SessionStore;
  readonly onReport: (report: SessionReport) => void;
  /** Reads the user's netrc file, asked anew for each send; as it is at that moment unless given. */
  readonly netrc?: () => Promise<NetrcFile | undefined>;
  /** Whether cookies without an expiry are kept when a session is loaded; they are unless given. */
  readonly keepsSessionCookies?: (folder: string) => boolean;
  /** Longest wait in milliseconds from a change to its write; `undefined`, when given, writes at `flush` alone. */
  readonly commitDelayMs?: number | undefined;
}

/** The sessions of a process on Node: each with a jar and connections of its own, kept in the stores that the program names. */
export function nodeSessions({ openStore, netrc = readNetrc, ...parts }: NodeSessionsParts): Sessions {
  const stores = new Map<string, SessionStore>();
  const storeOf = (folder: string): SessionStore => {
    const known = stores.get(folder) ?? openStore(folder);
    stores.set(folder, known);
    return known;
  };
  return createSessions({
    store: storeOf,
    newSession: (key, snapshot) =>
      createSession({
        key,
        snapshot,
        jar: createCookieJar(),
        transport: createTransport({ now: Date.now, systemRoots }),
        now: Date.now,
        newId: randomUUID,
        environment: (name) => process.env[name],
        // Half the price of the promise that node:timers/promises makes, and it is paid for every hop.
        yieldToIo: () => new Promise((resolve) => setImmediate(resolve)),
        sleep,
        crypto: nodeCrypto,
        netrc,
      }),
    now: Date.now,
    later: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    ...parts,
  });
}
