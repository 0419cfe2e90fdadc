import type { CookieJar } from '../cookies/cookieJar.ts';
import type { Transport } from '../http/transport.ts';

/** What a send asks of its host. */
export interface SendPorts {
  readonly transport: Transport;
  readonly jar: CookieJar;
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
  /** Lets pending I/O run: without a turn between hops the first socket still counts as busy and a second one opens (SESSION 2.4). */
  yieldToIo(): Promise<void>;
}
