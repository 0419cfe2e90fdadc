import type { Failure } from '../core/http/failure.ts';

/** Failures that this side decides on: limits reached, the user's wish, a session that was closed. */
export const stops = {
  cancelled: (): Failure => ({
    code: 'cancelled',
    message: 'The request was cancelled.',
    hint: 'Send it again when you want its response.',
  }),
  closed: (): Failure => ({
    code: 'session-closed',
    message: 'The session was closed while the request was running.',
    hint: 'Send it again.',
  }),
  connectTimeout: (host: string, ms: number): Failure => ({
    code: 'connect-timeout',
    message: `No connection to ${host} within ${ms} ms (name lookup included).`,
    hint: 'Check that the host can be reached (VPN, firewall), or allow more time with "# @connection-timeout 60 s".',
  }),
  readTimeout: (host: string, ms: number, bodyBytes: number | undefined): Failure => ({
    code: 'read-timeout',
    message:
      bodyBytes === undefined
        ? `${host} did not begin to answer within ${ms} ms.`
        : `${host} sent nothing for ${ms} ms, after ${bodyBytes} bytes of the body.`,
    hint: 'Allow more time, for example with "# @timeout 300 s", or look why the server takes so long.',
  }),
  totalTimeout: (host: string, ms: number): Failure => ({
    code: 'total-timeout',
    message: `The request to ${host} was not done within ${ms} ms.`,
    hint: 'Allow more time in total, for example with "# @total-timeout 300 s".',
  }),
  tooManyCodings: (count: number): Failure => ({
    code: 'decode-limit',
    message: `The body is encoded ${count} times; more than ${maxCodings} codings are not undone.`,
    hint: 'Correct the Content-Encoding of the server.',
  }),
  decodeLimit: (limit: number): Failure => ({
    code: 'decode-limit',
    message: `The body decodes to more than ${limit} bytes; decoding was stopped.`,
    hint: 'If you expect a body of that size, ask for it as it is, with the line "Accept-Encoding: identity".',
  }),
  endlessHead: (host: string, interim: number): Failure => ({
    code: 'headers-too-large',
    message:
      interim > 1
        ? `${host} sent ${interim} interim responses (1xx) and no response that ends.`
        : `${host} sent far more than a response head is allowed to have, and it does not end.`,
    hint: 'Look at the server or the proxy before it: it does not finish its response head.',
  }),
  endlessFraming: (host: string): Failure => ({
    code: 'invalid-response',
    message: `${host} sends chunk extensions or trailers without end instead of the rest of the body.`,
    hint: 'Look at the server or the proxy before it: it does not finish its response.',
  }),
  noStatus: (host: string, status: number): Failure => ({
    code: 'invalid-response',
    message: `The response of ${host} breaks the protocol: ${String(status).padStart(3, '0')} is no status.`,
    hint: 'Check that an HTTP server answers on this port; a status has three digits and begins with 100.',
  }),
  http2NeedsTls: (): Failure => ({
    code: 'http2-unavailable',
    message: 'HTTP/2 is agreed on during the TLS handshake, and this URL is not https.',
    hint: 'Use https://, or write HTTP/1.1 on the request line, or nothing.',
  }),
};

export const maxCodings = 5;
