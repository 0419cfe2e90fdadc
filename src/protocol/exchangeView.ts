import type { StreamView } from './streamView.ts';

/** What the response view draws: plain data, cut to size, masked where UX.md says so. Texts are for people; codes are stable. */
export interface ExchangeView {
  /** Identity of this exchange; messages about it carry it back. */
  readonly id: string;
  readonly state: 'running' | 'completed' | 'failed' | 'cancelled' | 'blocked';
  readonly title: string;
  /** Line of the request line in its file, from 1; absent when there is no request to go to. */
  readonly line?: number;
  readonly environment: string;
  readonly session: string;
  /** Where it comes from, when that is not the wire: in a few words. */
  readonly note?: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Failure or block in words; absent when all went well. */
  readonly failure?: FailureView;
  readonly problems: readonly ProblemView[];
  readonly hops: readonly HopView[];
  readonly warnings: readonly string[];
  /** Session variables that this send wrote; a secret value is shown as dots until revealed. */
  readonly captured: readonly { readonly name: string; readonly value: string; readonly secret: boolean }[];
  /** Files that the response was saved in, as the request names them; absent for none. */
  readonly saved?: readonly string[];
  /** What it did to the session; absent when it changed nothing there. No values are in it. */
  readonly sessionChange?: SessionChangeView;
  /** Milliseconds until the next attempt, while the send waits for it. */
  readonly waitMs?: number;
  /** Offer of the next step, for example `Log in again` after a 401. */
  readonly offers: readonly OfferView[];
}

export interface SessionChangeView {
  /** `+2 cookies, 1 variable changed`. */
  readonly short: string;
  /** `cookie sid of a.test/ added`, one for each. */
  readonly lines: readonly string[];
  readonly undone: boolean;
}

export interface OfferView {
  readonly command: 'loginAgain' | 'openTrust' | 'followOneHop';
  readonly label: string;
  /** Id of the request that `loginAgain` sends. */
  readonly request?: string;
}

export interface FailureView {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface ProblemView {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface HopView {
  /** From 1. */
  readonly number: number;
  readonly cause: 'first' | 'redirect' | 'auth' | 'retry';
  readonly method: string;
  readonly url: string;
  /** Absent while running and when no response came. */
  readonly status?: number;
  readonly reason?: string;
  readonly failure?: FailureView;
  /** On the way to the next hop: `POST → GET`, `Authorization dropped: other origin`, `+2 cookies`; `warn` is drawn in the warning colour. */
  readonly badges: readonly BadgeView[];
  /** Milliseconds since the exchange began. */
  readonly startMs: number;
  readonly phases: readonly PhaseView[];
  readonly totalMs: number;
  readonly requestHead: string;
  /** As written in the file, for comparison; absent for later hops. */
  readonly asWritten?: string;
  readonly requestHeaders: readonly HeaderView[];
  readonly requestBody?: { readonly text: string; readonly bytes: number; readonly truncated: boolean };
  readonly responseHeaders: readonly HeaderView[];
  readonly trailers: readonly HeaderView[];
  readonly cookies: CookiesView;
  readonly body?: BodyView;
  /** Where all of a body is that is too large for a message; `body` is then its beginning. */
  readonly stored?: StoredBodyView;
  /** The first lines of a large text while the rest of it comes. */
  readonly beginning?: Extract<BodyView, { kind: 'text' }>;
  /** Its parts as they came; of a text only while it comes. */
  readonly stream?: StreamView;
  readonly connection: readonly FactView[];
  readonly tls: readonly FactView[];
  readonly wireBytes: number;
  /** The body on its way; absent when none moves. */
  readonly transfer?: TransferView;
  readonly decodedBytes: number;
  readonly warnings: readonly string[];
}

export interface TransferView {
  readonly direction: 'up' | 'down';
  readonly bytes: number;
  /** All of it, where that is known. */
  readonly expected?: number;
  readonly perSecond?: number;
}

export interface StoredBodyView {
  readonly id: string;
  readonly bytes: number;
}

export interface BadgeView {
  readonly text: string;
  readonly warn: boolean;
  /** The whole reason, when the text is a short form of it. */
  readonly why?: string;
}

export interface HeaderView {
  readonly name: string;
  readonly value: string;
  /** Set when the value holds a secret: `masked` is shown until it is revealed. */
  readonly secret: boolean;
  /** The value with dots for the secret, for example `Bearer ••••••`; absent when nothing is secret. */
  readonly masked?: string;
}

export interface PhaseView {
  readonly name: 'queue' | 'dns' | 'connect' | 'tls' | 'send' | 'wait' | 'download';
  readonly ms: number;
}

export interface CookiesView {
  readonly sent: readonly {
    readonly name: string;
    readonly value: string;
    /** Where it holds: domain and path, or "from the Cookie line of the file". */
    readonly scope: string;
    readonly explicit: boolean;
    readonly key?: CookieKeyView;
  }[];
  readonly set: readonly {
    readonly name: string;
    readonly action: 'added' | 'updated' | 'unchanged' | 'deleted';
    readonly value: string;
    readonly previous?: string;
    /** `host only · HttpOnly · Secure · ends with the session`. */
    readonly attributes: string;
    readonly key: CookieKeyView;
  }[];
  readonly refused: readonly {
    readonly name: string;
    readonly reason: string;
    readonly message: string;
    readonly raw: string;
  }[];
}

export interface CookieKeyView {
  readonly name: string;
  readonly domain: string;
  readonly path: string;
  readonly hostOnly: boolean;
}

export type BodyView =
  | {
      readonly kind: 'text';
      readonly language: TextLanguage;
      readonly mediaType: string;
      readonly text: string;
      /** Re-indented when that is possible and loses nothing. */
      readonly pretty?: string;
      readonly bytes: number;
      /** In words, when not all of it is in `text`. */
      readonly cut?: string;
      /** In words, when bytes are no text in that encoding and could not be shown. */
      readonly flaw?: string;
      /** Every line is a text of `language` of its own (NDJSON). */
      readonly lines?: true;
      /** What can be shown as a table: rows of fields, or names and values. */
      readonly table?: 'csv' | 'form';
      /** What the bytes were read in, for example `utf-8`; absent for a view that an older version kept. */
      readonly encoding?: string;
      /** True when the user chose the encoding. */
      readonly chosenEncoding?: true;
      readonly parts?: readonly PartView[];
    }
  | { readonly kind: 'image'; readonly mediaType: string; readonly base64: string; readonly bytes: number }
  | {
      readonly kind: 'binary';
      readonly mediaType: string;
      readonly base64: string;
      readonly bytes: number;
      readonly cut?: string;
      readonly parts?: readonly PartView[];
    }
  | { readonly kind: 'empty' };

export type TextLanguage = 'json' | 'xml' | 'html' | 'css' | 'javascript' | 'yaml' | 'graphql' | 'plain';

/** One part of a multipart body (RFC 2046 5.1). */
export interface PartView {
  /** What it is called: its name in the form, its file name, or its number. */
  readonly title: string;
  readonly headers: readonly HeaderView[];
  readonly body: BodyView;
}

/** What a filter found in a body. */
export type FilterView =
  | {
      readonly kind: 'found';
      /** What was found, as it was sent, each on its own: a list of JSON or a run of XML. */
      readonly text: string;
      /** Where each of them stands: a JSONPath or an XPath. */
      readonly places: readonly string[];
      /** How many were found, when not all of them are here. */
      readonly count?: number;
      /** In words, why there may be more. */
      readonly remark?: string;
    }
  | { readonly kind: 'nothing' }
  /** In words: what is wrong with the filter or with the body. */
  | { readonly kind: 'trouble'; readonly message: string };

export interface FactView {
  readonly label: string;
  readonly value: string;
}
