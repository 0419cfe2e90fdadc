import type { CookieJar } from '../cookies/cookieJar.ts';
import type { Environment } from '../http/proxy/selectProxy.ts';
import type { Transport } from '../http/transport.ts';

/** What a send asks of its host. */
export interface SendPorts {
  readonly transport: Transport;
  readonly jar: CookieJar;
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
  /** A variable of the process, read anew for every hop; absent: there is no environment. */
  readonly environment?: Environment;
  /** Lets pending I/O run: without a turn between hops the first socket still counts as busy and a second one opens (SESSION 2.4). */
  yieldToIo(): Promise<void>;
}
