import { runBlock } from '../../src/core/run/runBlock.ts';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { createSession } from '../../src/core/session/createSession.ts';
import type { Exchange, Hop } from '../../src/core/session/exchange.ts';
import type { Session } from '../../src/core/session/session.ts';
import type { SendSettings } from '../../src/core/session/settings.ts';
import { nodeFiles } from '../../src/node/files.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { sleep } from '../../src/node/sleep.ts';
import { createTransport } from '../../src/node/transport.ts';
import { runInput } from '../support/runInput.ts';

/** A session of the product with real connections that trusts `ca` besides the roots. */
export function peerSession(ca: readonly string[] = []): Session {
  let ids = 0;
  return createSession({
    key: { folder: 'peers', profile: '-', name: 'default' },
    jar: createCookieJar(),
    transport: createTransport({ now: Date.now, ca }),
    now: Date.now,
    newId: () => String((ids += 1)),
    yieldToIo: () => new Promise((resolve) => setImmediate(resolve)),
    sleep,
    crypto: nodeCrypto,
  });
}

/** Sends the one request of a text as a person would; what blocks it is thrown. */
export async function send(session: Session, text: string, settings: Partial<SendSettings> = {}): Promise<Exchange> {
  const input = runInput(text, undefined, { session, ports: { files: nodeFiles() } });
  const result = await runBlock({ ...input, settings: { ...input.settings, ...settings } });
  if (!result.exchange) throw new Error(result.problems.map(({ message }) => message).join(' '));
  return result.exchange;
}

export function lastHop({ hops }: Exchange): Hop {
  const hop = hops.at(-1);
  if (!hop) throw new Error('Nothing was sent.');
  return hop;
}

export function textOf(exchange: Exchange): string {
  return new TextDecoder().decode(lastHop(exchange).response?.body.bytes);
}

/** The body, after a send that must not have failed. */
export function answerOf(exchange: Exchange): string {
  if (exchange.failure) throw new Error(`${exchange.failure.code}: ${exchange.failure.message}`);
  return textOf(exchange);
}
