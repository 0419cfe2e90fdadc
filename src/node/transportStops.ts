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
    hint: 'Raise the limit if you expect a body of that size.',
  }),
  http2NeedsTls: (): Failure => ({
    code: 'http2-unavailable',
    message: 'HTTP/2 is agreed on during the TLS handshake, and this URL is not https.',
    hint: 'Use https://, or write HTTP/1.1 on the request line, or nothing.',
  }),
};

export const maxCodings = 5;
