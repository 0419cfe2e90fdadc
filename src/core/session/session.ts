import type { BodyStore } from '../http/bodyStore.ts';
import type { CookieJar } from '../cookies/cookieJar.ts';
import type { Failure } from '../http/failure.ts';
import type { Arrival, ConnectionFacts, PreparedRequest, Transferred } from '../http/transport.ts';
import type { Exchange, Hop } from './exchange.ts';
import type { SessionHooks } from './hooks.ts';
import type { RetryWait } from './retryWait.ts';
import type { SendSettings, SessionDefaults } from './settings.ts';
import type { SessionSnapshot } from './snapshot.ts';

/** Which session: workspace folder x environment profile x name. Two keys never share anything. */
export interface SessionKey {
  /** Folder URI or root path; `no-folder` for files outside every folder. */
  readonly folder: string;
  /** Profiles in order, joined by `,`; `-` for none. */
  readonly profile: string;
  readonly name: string;
}

/** A variable that lives in the session: captured, set by a handler, or by the user. */
export interface SessionVariable {
  readonly name: string;
  readonly value: string;
  /** In words, for example `captured from login`. */
  readonly origin: string;
  readonly secret: boolean;
  /** Epoch milliseconds of the last change. */
  readonly at: number;
}

/** The last response of a named request, kept so that references resolve in a new process. */
export interface RecordedResponse {
  /** File (relative to the session's folder, `/` separated) and request id it belongs to. */
  readonly file: string;
  readonly id: string;
  readonly at: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body?: string;
  };
  readonly hops: readonly RecordedHop[];
  /** Cookies last accepted over the whole chain, name -> value. */
  readonly cookies: readonly (readonly [name: string, value: string])[];
  /** Base64 of the decoded body of the last hop; absent when it was too large (`bodyDropped` says so). */
  readonly bodyBase64?: string;
  readonly bodyDropped?: string;
}

export interface RecordedHop {
  readonly url: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** Settings for one hop, or why they cannot be used. */
export type HopSettings = { readonly settings: SendSettings } | { readonly failure: Failure };

export interface SendOptions {
  readonly settings: SendSettings;
  /** The settings of a later hop, because other mounts hold for its URL (SESSION K1); absent: the same for all. */
  readonly settingsAt?: (url: string) => Promise<HopSettings>;
  readonly signal: AbortSignal;
  /** Hooks of this send; they take the place of the session's of the same name. */
  readonly hooks?: SessionHooks;
  /** For provenance of cookies. */
  readonly requestName?: string;
  /** Every hop as it ends; one-way. */
  readonly onHop?: (hop: Hop) => void;
  /** While a hop runs, for progress: number from 1, how far its body has come. */
  readonly onProgress?: (hopNumber: number, progress: Transferred) => void;
  /** While a hop runs, for showing what has come of its response. */
  readonly onArrival?: (hopNumber: number, arrival: Arrival) => void;
  /** Before each wait between attempts; it can be cut short from there. */
  readonly onWait?: (wait: RetryWait) => void;
  /** Where the body goes that the send ends with, when it is too large for memory. */
  readonly bodyStore?: BodyStore;
}

/** One user's conversation with the world. Send never throws for trouble on the net: see `Exchange.failure`. */
export interface Session {
  readonly key: SessionKey;
  readonly jar: CookieJar;
  readonly defaults: SessionDefaults;
  send(request: PreparedRequest, options: SendOptions): Promise<Exchange>;

  variables(): readonly SessionVariable[];
  setVariable(variable: SessionVariable): void;
  deleteVariable(name: string): SessionVariable | undefined;
  clearVariables(): readonly SessionVariable[];
  setDefaults(defaults: SessionDefaults): void;
  /** Registered in code and never saved; a loaded session has none. */
  readonly hooks: SessionHooks;
  setHooks(hooks: SessionHooks): void;

  record(response: RecordedResponse): void;
  recorded(file: string, id: string): RecordedResponse | undefined;
  allRecorded(): readonly RecordedResponse[];
  /** Takes the last response of a request out; references to it then ask for it to be sent again. */
  forget(file: string, id: string): RecordedResponse | undefined;

  /** Counts up with every change of jar, variables, defaults or records; the store compares it. */
  readonly revision: number;
  /** Called after each change, synchronously. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  /** The jar was changed from outside `send` (panel, import, undo). */
  touch(): void;

  snapshot(): SessionSnapshot;
  /** Takes over what another process wrote meanwhile, item by item, the later writer winning; what was deleted there goes here. */
  apply(snapshot: SessionSnapshot): void;
  connections(): readonly ConnectionFacts[];
  /** Closes sockets; running sends end with `session-closed`. The session can be used again. */
  close(): Promise<void>;
  /** `await using` closes it at the end of its block, as `with requests.Session()` does (SESSION K11). */
  [Symbol.asyncDispose](): Promise<void>;
}
