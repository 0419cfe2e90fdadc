import type { CookieJar } from '../cookies/cookieJar.ts';
import type { CryptoPort } from '../http/auth/cryptoPort.ts';
import type { NetrcFile } from '../http/auth/netrc.ts';
import type { Environment } from '../http/proxy/selectProxy.ts';
import type { Transport } from '../http/transport.ts';

/** What a send asks of its host. */
export interface SendPorts {
  readonly transport: Transport;
  readonly jar: CookieJar;
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
  /** A variable of the process, read anew for every send; absent: there is no environment. */
  readonly environment?: Environment;
  /** Lets pending I/O run: without a turn between hops the first socket still counts as busy and a second one opens (SESSION 2.4). */
  yieldToIo(): Promise<void>;
  /** Waits between attempts; ends early, and without an error, when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  readonly crypto: CryptoPort;
  /** The user's netrc file, read anew for every send; absent: there is none. */
  readonly netrc?: () => Promise<NetrcFile | undefined>;
}
