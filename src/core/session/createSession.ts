import type { Cookie } from '../cookies/cookie.ts';
import type { CookieJar } from '../cookies/cookieJar.ts';
import { DigestStates } from '../http/auth/digestStates.ts';
import type { ConnectionFacts, PreparedRequest } from '../http/transport.ts';
import type { Exchange, Hop } from './exchange.ts';
import { sendLoop, sessionClosed } from './sendLoop.ts';
import type { SendPorts } from './sendPorts.ts';
import { mergeHooks, type SessionHooks } from './hooks.ts';
import type { RecordedResponse, SendOptions, Session, SessionKey, SessionVariable } from './session.ts';
import type { SessionDefaults } from './settings.ts';
import { snapshotVersion, type SessionSnapshot } from './snapshot.ts';
import { cookieItem, recordedItem, variableItem } from './snapshotItems.ts';
import { Tombstones, type LiveItem } from './tombstones.ts';

export interface SessionParts extends SendPorts {
  readonly key: SessionKey;
  /** What the session was when it was last saved. The jar, the transport and their contents belong to this session alone. */
  readonly snapshot?: SessionSnapshot | undefined;
}

/** A session as requests has it: jar, variables and defaults that outlive one send, on connections of its own. */
export function createSession(parts: SessionParts): Session {
  return new LiveSession(parts);
}

class LiveSession implements Session {
  readonly key: SessionKey;
  readonly jar: CookieJar;
  readonly #ports: SendPorts;
  readonly #variables = new Map<string, SessionVariable>();
  readonly #recorded = new Map<string, RecordedResponse>();
  readonly #listeners = new Set<() => void>();
  readonly #tombstones = new Tombstones();
  readonly #digests: DigestStates;
  readonly #proxyDigests: DigestStates;
  #hooks: SessionHooks = {};
  #defaults: SessionDefaults = { headers: [], params: [] };
  #defaultsChanged = false;
  #closing = new AbortController();
  #signals = new WeakMap<AbortSignal, AbortSignal>();
  #revision = 0;

  constructor({ key, snapshot, ...ports }: SessionParts) {
    this.key = key;
    this.jar = ports.jar;
    this.#ports = ports;
    const newCnonce = (): string => ports.crypto.randomHex(16);
    this.#digests = new DigestStates(newCnonce);
    this.#proxyDigests = new DigestStates(newCnonce);
    if (snapshot !== undefined) this.#take(snapshot);
  }

  get defaults(): SessionDefaults {
    return this.#defaults;
  }

  get hooks(): SessionHooks {
    return this.#hooks;
  }

  setHooks(hooks: SessionHooks): void {
    this.#hooks = hooks;
  }

  get revision(): number {
    return this.#revision;
  }

  async send(request: PreparedRequest, options: SendOptions): Promise<Exchange> {
    const signal = this.#signalFor(options.signal);
    const onHop = (hop: Hop): void => {
      if (deletedCookie(hop)) this.touch();
      else if (storedCookie(hop)) this.#changed();
      options.onHop?.(hop);
    };
    const hooks = mergeHooks(this.#hooks, options.hooks);
    const ports = { ...this.#ports, digests: this.#digests, proxyDigests: this.#proxyDigests };
    return sendLoop(request, { ...options, signal, onHop, hooks }, ports);
  }

  variables(): readonly SessionVariable[] {
    return [...this.#variables.values()];
  }

  setVariable(variable: SessionVariable): void {
    this.#variables.set(variableItem(variable.name), variable);
    this.#changed();
  }

  deleteVariable(name: string): SessionVariable | undefined {
    const variable = this.#variables.get(variableItem(name));
    if (this.#variables.delete(variableItem(name))) this.touch();
    return variable;
  }

  clearVariables(): readonly SessionVariable[] {
    const cleared = this.variables();
    this.#variables.clear();
    if (cleared.length > 0) this.touch();
    return cleared;
  }

  setDefaults(defaults: SessionDefaults): void {
    this.#defaults = defaults;
    this.#defaultsChanged = true;
    this.#changed();
  }

  record(response: RecordedResponse): void {
    this.#recorded.set(recordedItem(response), response);
    this.#changed();
  }

  recorded(file: string, id: string): RecordedResponse | undefined {
    return this.#recorded.get(recordedItem({ file, id }));
  }

  allRecorded(): readonly RecordedResponse[] {
    return [...this.#recorded.values()];
  }

  forget(file: string, id: string): RecordedResponse | undefined {
    const forgotten = this.recorded(file, id);
    if (this.#recorded.delete(recordedItem({ file, id }))) this.touch();
    return forgotten;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  touch(): void {
    // At once, so that a deletion counts from now and not from the next snapshot.
    this.#noticeDeletions();
    this.#changed();
  }

  snapshot(): SessionSnapshot {
    this.#noticeDeletions();
    this.#defaultsChanged = false;
    return {
      version: snapshotVersion,
      key: this.key,
      cookies: this.jar.all(this.#ports.now()),
      variables: this.variables(),
      defaults: this.#defaults,
      recorded: this.allRecorded(),
      deleted: this.#tombstones.list(),
    };
  }

  apply(snapshot: SessionSnapshot): void {
    this.#noticeDeletions();
    if (this.#take(snapshot)) this.#changed();
  }

  connections(): readonly ConnectionFacts[] {
    return this.#ports.transport.connections();
  }

  async close(): Promise<void> {
    const closing = this.#closing;
    this.#closing = new AbortController();
    this.#signals = new WeakMap();
    closing.abort(sessionClosed);
    await this.#ports.transport.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Aborted by the caller or by `close`. One for all sends of a caller: the runtime is slow to let go of such a signal. */
  #signalFor(given: AbortSignal): AbortSignal {
    const signal = this.#signals.get(given) ?? AbortSignal.any([given, this.#closing.signal]);
    this.#signals.set(given, signal);
    return signal;
  }

  #changed(): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Merges item by item, the later writer winning; true when something here changed. */
  #take(snapshot: SessionSnapshot): boolean {
    const deleted = new Map(snapshot.deleted.map(({ item, at }) => [item, at]));
    const gone = this.#live().filter(({ item, at }) => (deleted.get(item) ?? -Infinity) >= at);
    for (const item of gone) item.remove();
    this.#tombstones.adopt(snapshot.deleted);
    const taken = this.#takeNews(snapshot);
    const defaults = !this.#defaultsChanged && JSON.stringify(snapshot.defaults) !== JSON.stringify(this.#defaults);
    if (defaults) this.#defaults = snapshot.defaults;
    this.#noticeDeletions();
    return gone.length > 0 || taken || defaults;
  }

  #takeNews(snapshot: SessionSnapshot): boolean {
    const written = new Map(this.#live().map(({ item, at }) => [item, at]));
    const isNews = (item: string, at: number): boolean =>
      at > (written.get(item) ?? -Infinity) && at > (this.#tombstones.deletedAt(item) ?? -Infinity);
    const cookies = snapshot.cookies.filter((cookie) => isNews(cookieItem(cookie), cookie.lastSet));
    const variables = snapshot.variables.filter(({ name, at }) => isNews(variableItem(name), at));
    const recorded = snapshot.recorded.filter((response) => isNews(recordedItem(response), response.at));
    const put = cookies.filter((cookie) => this.jar.put(cookie).ok);
    for (const variable of variables) this.#variables.set(variableItem(variable.name), variable);
    for (const response of recorded) this.#recorded.set(recordedItem(response), response);
    return put.length + variables.length + recorded.length > 0;
  }

  #noticeDeletions(): void {
    this.#tombstones.observe(this.#live(), this.#ports.now());
  }

  #live(): SessionItem[] {
    const cookies = this.jar.all(this.#ports.now()).map((cookie) => cookieEntry(cookie, this.jar));
    return [...cookies, ...mapEntries(this.#variables), ...mapEntries(this.#recorded)];
  }
}

/** One thing that merges by itself. */
interface SessionItem extends LiveItem {
  /** Epoch milliseconds of the last write. */
  readonly at: number;
  remove(): void;
}

function cookieEntry(cookie: Cookie, jar: CookieJar): SessionItem {
  return {
    item: cookieItem(cookie),
    at: cookie.lastSet,
    expires: cookie.expires,
    remove: () => void jar.delete(cookie),
  };
}

function mapEntries<T extends { readonly at: number }>(map: Map<string, T>): SessionItem[] {
  return [...map].map(([item, value]) => ({
    item,
    at: value.at,
    remove: () => void map.delete(item),
  }));
}

function storedCookie({ cookies }: Hop): boolean {
  return cookies.received.some((verdict) => verdict.kind === 'stored' && verdict.action !== 'unchanged');
}

function deletedCookie({ cookies }: Hop): boolean {
  return cookies.received.some((verdict) => verdict.kind === 'deleted' && verdict.previous !== undefined);
}
