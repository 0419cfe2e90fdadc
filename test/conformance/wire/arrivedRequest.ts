import type { Socket } from 'node:net';
import type { Passage } from './proxyFront.ts';

/** One request as it came in at a server, and how its answer went out. */
export interface ArrivedRequest {
  /** As the origin sees it: without fragment and userinfo, whatever the Host line says. */
  readonly url: string;
  readonly method: string;
  readonly target: string;
  /** In order, in their spelling, values as Latin-1 text. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Complete only when the whole request has arrived. */
  body: Buffer;
  /** The head as bytes in Latin-1; over HTTP/2 there is none. */
  readonly rawHead: string | undefined;
  readonly socket: Socket;
  readonly sni: string | undefined;
  /** Protocol agreed on in the TLS handshake. */
  readonly alpn: string | undefined;
  /** Through which proxy it came, if through any. */
  readonly passage: Passage | undefined;
  /** File of the client certificate that was shown. */
  readonly clientCert: string | null;
  receivedBytes: number;
  sentBytes: number;
  /** Body bytes of the answer, without chunk framing. */
  sentBodyBytes: number;
}
