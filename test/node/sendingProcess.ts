/**
 * A process of its own for the proofs of the store: sends on and on in one session and says, a line of JSON each, what it loaded
 * when it began and what it was told is durable. It takes one argument, `SendingOptions` as JSON.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { createSession } from '../../src/core/session/createSession.ts';
import type { Session } from '../../src/core/session/session.ts';
import { createSessions, type Sessions } from '../../src/core/session/sessions.ts';
import { defaultSettings } from '../../src/core/session/settings.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { openStore } from '../../src/node/sessionStore.ts';
import { sleep } from '../../src/node/sleep.ts';
import { createTransport } from '../../src/node/transport.ts';
import { key } from '../core/session/snapshotParts.ts';
import type { Pairs, Report, SendingOptions } from './sendingProcesses.ts';

const options = JSON.parse(process.argv[2] ?? '') as SendingOptions;
const { directory, port, name, sends, cookies, variables, flushEvery } = options;
const signal = new AbortController().signal;

function report(report: Report): void {
  console.log(JSON.stringify(report));
}

/** The sessions as a program has them; every host name leads to the server of the test. */
function openSessions(): Sessions {
  const secret = options.secret === undefined ? undefined : Buffer.from(options.secret, 'hex');
  const store = openStore({ directory, ...(secret && { key: { id: 'k', secret } }) });
  return createSessions({
    store: () => store,
    newSession: (at, snapshot) =>
      createSession({
        key: at,
        snapshot,
        jar: createCookieJar(),
        transport: createTransport({ now: Date.now, connectTo: () => ({ host: '127.0.0.1', port }) }),
        now: Date.now,
        newId: randomUUID,
        yieldToIo: () => turn(),
        sleep,
        crypto: nodeCrypto,
      }),
    now: Date.now,
    later: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    onReport: ({ kind, message }) => report({ trouble: `${kind}: ${message}` }),
    commitDelayMs: 2,
  });
}

/** No domain may have more than 180 cookies, so they are spread over hosts. */
function urlOf(number: number): string {
  const slot = number % cookies;
  return `http://h${Math.floor(slot / 150)}.${name}.test/set/${name}${slot}/${number}`;
}

async function send(session: Session, number: number): Promise<void> {
  const request = { method: 'GET', url: urlOf(number), headers: [], body: undefined, httpVersion: '1.1' } as const;
  const { failure } = await session.send(request, { signal, settings: { ...defaultSettings, trustEnv: false } });
  if (failure) report({ trouble: `${failure.code}: ${failure.message}` });
  const origin = 'counted';
  const variable = { name: `${name}${number % variables}`, value: String(number), origin, secret: false };
  session.setVariable({ ...variable, at: Date.now() });
}

/** Those of this process. */
function pairs(all: readonly { readonly name: string; readonly value: string }[]): Pairs {
  return all.filter((each) => each.name.startsWith(name)).map((each) => [each.name, Number(each.value)]);
}

const sessions = openSessions();
const found = await sessions.open(key);
const loaded = { cookies: pairs(found.jar.all(Date.now())), variables: pairs(found.variables()) };
report({ loaded });
// Numbers only go up, so an older state shows.
const first = 1 + Math.max(-1, ...[...loaded.cookies, ...loaded.variables].map(([, value]) => value));
for (let number = first; number < first + sends; number++) {
  await send(await sessions.open(key), number);
  if ((number + 1) % flushEvery !== 0) continue;
  const troubles = await sessions.flush();
  for (const { message } of troubles) report({ trouble: message });
  if (troubles.length === 0) report({ durable: number });
}
await sessions.close();
