import type { LookupFunction } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { NetrcFile } from '../../src/core/http/auth/netrc.ts';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { createSession } from '../../src/core/session/createSession.ts';
import type { Session } from '../../src/core/session/session.ts';
import type { SessionSnapshot } from '../../src/core/session/snapshot.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { sleep } from '../../src/node/sleep.ts';
import { createTransport } from '../../src/node/transport.ts';
import { type CaseObject, only } from './caseFile.ts';
import { CaseHooks } from './hookCase.ts';
import type { CaseSendSettings } from './sendSettings.ts';
import { answerKeys } from './wire/answer.ts';
import { casePath, caseText } from './wire/caseFiles.ts';
import { LoopbackNet, type OriginRule, type ProxyRule, type ServedUrl } from './wire/loopbackNet.ts';

export interface SceneParts {
  readonly settings: CaseSendSettings;
  readonly server?: readonly ServedUrl[];
  readonly origins?: readonly OriginRule[];
  readonly jar?: readonly { readonly url: string; readonly setCookie: string }[];
  /** Fixes the product's clock. */
  readonly now?: string;
  readonly hooks?: readonly CaseObject[];
  readonly proxyServers?: readonly ProxyRule[];
  /** Text of the netrc file. */
  readonly netrc?: string;
  /** Environment variables of the case. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files that the system's roots are read from. */
  readonly systemRoots?: readonly string[];
}

/** Everything one case has for itself: servers, clock and sessions by name. */
export class CaseScene {
  readonly net: LoopbackNet;
  readonly hooks: CaseHooks;
  /** Variables of one step, over those of the case. */
  stepEnvironment: Readonly<Record<string, string>> = {};
  /** Milliseconds that the product asked to wait between attempts. */
  readonly waits: number[] = [];
  waitsPass = true;
  readonly #parts: SceneParts;
  readonly #sessions = new Map<string, Session>();
  readonly #all: Session[] = [];
  #ids = 0;

  constructor(parts: SceneParts) {
    checkParts(parts);
    this.#parts = parts;
    this.hooks = new CaseHooks(parts.hooks ?? []);
    this.net = new LoopbackNet(parts.server ?? [], parts.origins ?? [], parts.proxyServers);
  }

  now = (): number => (this.#parts.now === undefined ? Date.now() : Date.parse(this.#parts.now));

  session(name = 'A'): Session {
    return this.#sessions.get(name) ?? this.#open(name, undefined);
  }

  /** Saves the session as JSON and goes on with one made from that. */
  async reload(name = 'A'): Promise<void> {
    const session = this.session(name);
    const text = JSON.stringify(session.snapshot());
    await session.close();
    this.#open(name, JSON.parse(text) as SessionSnapshot);
  }

  async close(): Promise<void> {
    for (const session of this.#all) await session.close();
    await this.net.close();
  }

  /** Waits pass at once and are noted, unless the step is to be cancelled in one. */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.waits.push(ms);
    if (this.waitsPass) await turn();
    else await sleep(ms, signal);
  }

  #netrcFile(): NetrcFile | undefined {
    const text = this.#parts.netrc;
    return text === undefined ? undefined : { path: 'netrc', text };
  }

  #open(name: string, snapshot: SessionSnapshot | undefined): Session {
    const session = createSession({
      key: { folder: 'conformance', profile: '-', name },
      snapshot,
      jar: createCookieJar(this.#parts.settings.cookieRules),
      transport: createTransport({
        connectTo: this.net.connectTo,
        ca: this.net.ca,
        systemRoots: () => Promise.resolve((this.#parts.systemRoots ?? []).map(caseText)),
        now: this.now,
        ...lookupOption(this.#parts.origins ?? []),
      }),
      now: this.now,
      newId: () => String(++this.#ids),
      yieldToIo: () => turn(),
      sleep: (ms, signal) => this.#sleep(ms, signal),
      crypto: nodeCrypto,
      netrc: () => Promise.resolve(this.#netrcFile()),
      environment: (name) => environmentValue(name, { ...this.#parts.env, ...this.stepEnvironment }[name]),
    });
    session.setHooks(this.hooks.of('session'));
    if (snapshot === undefined) {
      session.setDefaults(this.#parts.settings.defaults);
      for (const [name, value] of this.#parts.settings.variables) {
        session.setVariable({ name, value, origin: 'set by the case', secret: false, at: this.now() });
      }
      for (const { url, setCookie } of this.#parts.jar ?? []) session.jar.accept([setCookie], url, this.now());
    }
    this.#sessions.set(name, session);
    this.#all.push(session);
    return session;
  }
}

/** A key that no server acts on would let a case pass that was not run. */
function checkParts({ server = [], origins = [], jar = [], proxyServers = [] }: SceneParts): void {
  for (const entry of proxyServers) {
    only(entry, ['url', 'connect', 'answer'], 'proxyServers');
    only(entry.answer ?? {}, answerKeys, 'answer');
  }
  for (const entry of jar) only(entry, ['url', 'setCookie'], 'jar');
  for (const entry of server) {
    only(entry, ['url', 'answers'], 'server');
    for (const answer of entry.answers) only(answer, answerKeys, 'answer');
  }
  for (const origin of origins) {
    only(origin, ['origin', 'connect', 'addresses', 'closeIdleMs', 'tls'], 'origin');
    only(origin.tls ?? {}, ['cert', 'clientCert', 'alpn'], 'tls');
    for (const address of origin.addresses ?? []) only(address, ['address', 'connect'], 'address');
  }
}

/** Variables that name a file mean one of the runner's. */
function environmentValue(name: string, value: string | undefined): string | undefined {
  return value !== undefined && value !== '' && name.endsWith('_CA_BUNDLE') ? casePath(value) : value;
}

/** Names with addresses of their own resolve to those, in order. */
function lookupOption(origins: readonly OriginRule[]): { lookup?: LookupFunction } {
  const known = new Map(
    origins.flatMap(({ origin, addresses }) => (addresses ? [[new URL(origin).hostname, addresses]] : [])),
  );
  if (known.size === 0) return {};
  return {
    lookup: (host, _options, callback) => {
      const addresses = known.get(host) ?? [{ address: '127.0.0.1' }];
      const list = addresses.map(({ address }) => ({ address, family: address.includes(':') ? 6 : 4 }));
      callback(null, list);
    },
  };
}
