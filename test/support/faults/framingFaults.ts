import { ends, floods, head, onRequest, says, type Fault } from './fault.ts';

const chunked = head(['Transfer-Encoding: chunked']);
const withLengths = (...lengths: string[]): string => head(lengths.map((length) => `Content-Length: ${length}`));

/** Lengths and chunks that are wrong. */
export const framingFaults: readonly Fault[] = [
  {
    name: 'says a Content-Length that is too long',
    serve: onRequest(ends(`${withLengths('9')}12345`)),
    code: 'truncated-body',
    says: /after 5 of 9 bytes/,
    hops: [200],
    body: '12345',
  },
  {
    name: 'says a Content-Length that is too short',
    serve: onRequest(says(`${withLengths('3')}12345`)),
    hops: [200],
    body: '123',
  },
  {
    name: 'says two lengths that differ',
    serve: onRequest(says(`${withLengths('3', '5')}12345`)),
    code: 'invalid-response',
    says: /Content-Length: 5/,
    hops: ['invalid-response'],
  },
  {
    name: 'says the same length twice',
    serve: onRequest(says(`${withLengths('5', '5')}12345`)),
    code: 'invalid-response',
    hops: ['invalid-response'],
  },
  {
    name: 'says a list of lengths',
    serve: onRequest(says(`${withLengths('5, 5')}12345`)),
    code: 'invalid-response',
    hops: ['invalid-response'],
  },
  {
    name: 'says a negative length',
    serve: onRequest(says(`${withLengths('-1')}12345`)),
    code: 'invalid-response',
    hops: ['invalid-response'],
  },
  {
    name: 'says a length that is no number',
    serve: onRequest(says(`${withLengths('five')}12345`)),
    code: 'invalid-response',
    hops: ['invalid-response'],
  },
  {
    name: 'says a length larger than any number',
    serve: onRequest(says(`${withLengths('9'.repeat(30))}12345`)),
    code: 'invalid-response',
    hops: ['invalid-response'],
  },
  {
    name: 'says a length and chunks',
    serve: onRequest(says(`${head(['Content-Length: 3', 'Transfer-Encoding: chunked'])}3\r\nabc\r\n0\r\n\r\n`)),
    code: 'invalid-response',
    hops: ['invalid-response'],
  },
  {
    name: 'says a chunk size that is no number',
    serve: onRequest(says(`${chunked}3\r\nabc\r\nzz\r\n`)),
    code: 'invalid-response',
    says: /chunk size/,
    hops: [200],
    body: 'abc',
  },
  {
    name: 'says a chunk size larger than any number',
    serve: onRequest(says(`${chunked}${'f'.repeat(20)}\r\nabc`)),
    code: 'invalid-response',
    hops: [200],
  },
  {
    name: 'leaves out the line end behind a chunk',
    serve: onRequest(says(`${chunked}3\r\nabc3\r\ndef\r\n0\r\n\r\n`)),
    code: 'invalid-response',
    hops: [200],
  },
  {
    name: 'closes in the middle of a chunk',
    serve: onRequest(ends(`${chunked}5\r\nab`)),
    code: 'truncated-body',
    says: /after 2 bytes/,
    hops: [200],
    body: 'ab',
  },
  {
    name: 'leaves out the last chunk',
    serve: onRequest(ends(`${chunked}3\r\nabc\r\n`)),
    code: 'truncated-body',
    hops: [200],
    body: 'abc',
  },
  {
    name: 'sends a chunk extension without end',
    serve: onRequest(floods(`${chunked}3;`, 'a=b;')),
    code: 'invalid-response',
    says: /extensions or trailers without end/,
    hops: [200],
  },
  {
    name: 'sends trailers without end',
    serve: onRequest(floods(`${chunked}3\r\nabc\r\n0\r\n`, 'X-{n}: y\r\n')),
    code: 'headers-too-large',
    hops: [200],
    body: 'abc',
  },
  {
    name: 'sends a broken trailer',
    serve: onRequest(says(`${chunked}3\r\nabc\r\n0\r\nno colon\r\n\r\n`)),
    code: 'invalid-response',
    hops: [200],
    body: 'abc',
  },
  {
    name: 'says a coding of the transfer that nobody knows',
    serve: onRequest(ends(`${head(['Transfer-Encoding: gzip'])}abc`)),
    hops: [200],
    body: 'abc',
  },
  {
    name: 'answers HEAD with a body',
    method: 'HEAD',
    serve: onRequest(says(`${withLengths('5')}evil!`)),
    hops: [200],
    body: '',
  },
  {
    name: 'sends a body with 204',
    serve: onRequest(says(`${head(['Content-Length: 5'], '204 No Content')}evil!`)),
    hops: [204],
    body: '',
  },
  {
    name: 'sends a body with 304',
    serve: onRequest(says(`${head(['Content-Length: 5'], '304 Not Modified')}evil!`)),
    hops: [304],
    body: '',
  },
];
