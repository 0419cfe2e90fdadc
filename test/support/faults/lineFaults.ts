import { ends, floods, head, ok, onRequest, says, type Fault } from './fault.ts';

const answer = (raw: string): Fault['serve'] => onRequest(ends(raw));
const broken = { code: 'invalid-response', hops: ['invalid-response'] } as const;

/** Status lines, header lines and interim responses that break the protocol, or are merely strange. */
export const lineFaults: readonly Fault[] = [
  { name: 'speaks HTTP/0.9', serve: answer('<html>just the page</html>'), ...broken, says: /<html>just the page/ },
  { name: 'speaks SSH', serve: (socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'), ...broken, says: /SSH-2\.0/ },
  { name: 'speaks FTP', serve: (socket) => void socket.write('220 ready\r\n'), ...broken, says: /220 ready/ },
  { name: 'says HTTP/2.0 in clear text', serve: answer('HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n'), hops: [200] },
  { name: 'says HTTP/9.9', serve: answer('HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n'), ...broken },
  { name: 'says a status of two digits', serve: answer(head(['Content-Length: 0'], '99 Odd')), ...broken },
  { name: 'says a status of four digits', serve: answer(head(['Content-Length: 0'], '2000 Odd')), ...broken },
  { name: 'says a status in letters', serve: answer(head(['Content-Length: 0'], 'OK')), ...broken },
  { name: 'says status 999', serve: answer(head(['Content-Length: 0'], '999 Request denied')), hops: [999] },
  { name: 'says status 000', serve: answer(head(['Content-Length: 0'], '000 None')), ...broken },
  { name: 'leaves the reason out', serve: answer(head(['Content-Length: 0'], '200')), hops: [200] },
  { name: 'ends lines with LF alone', serve: answer('HTTP/1.1 200 OK\nContent-Length: 2\n\nok'), ...broken },
  { name: 'ends lines with CR alone', serve: answer('HTTP/1.1 200 OK\rContent-Length: 2\r\rok'), ...broken },
  { name: 'folds a header line', serve: answer(head(['X-A: 1', ' folded', 'Content-Length: 0'])), ...broken },
  { name: 'puts NUL into a header', serve: answer(head(['X-A: a\0b', 'Content-Length: 0'])), ...broken },
  { name: 'puts CR into a header', serve: answer(head(['X-A: a\rX-Evil: 1', 'Content-Length: 0'])), ...broken },
  {
    name: 'puts a control character into a header',
    serve: answer(head(['X-A: a\x01b', 'Content-Length: 0'])),
    ...broken,
  },
  { name: 'puts a blank before the colon', serve: answer(head(['X-A : 1', 'Content-Length: 0'])), ...broken },
  { name: 'leaves out the colon', serve: answer(head(['no colon here', 'Content-Length: 0'])), ...broken },
  { name: 'leaves out the name of a header', serve: answer(head([': value', 'Content-Length: 0'])), ...broken },
  {
    name: 'puts 8-bit bytes into a header and the reason',
    serve: answer(head(['X-A: caf\xe9 \xff', 'Content-Length: 2'], '200 D\xe9j\xe0 vu') + 'ok'),
    hops: [200],
    body: 'ok',
  },
  {
    name: 'sends header lines without end',
    serve: onRequest(floods('HTTP/1.1 200 OK\r\n', 'X-{n}: y\r\n')),
    code: 'headers-too-large',
    says: /262144 bytes|256/,
    hops: ['headers-too-large'],
  },
  {
    name: 'sends one header line without end',
    serve: onRequest(floods('HTTP/1.1 200 OK\r\nX-A: ', 'x'.repeat(1000))),
    code: 'headers-too-large',
    hops: ['headers-too-large'],
  },
  {
    name: 'sends a reason without end',
    serve: onRequest(floods('HTTP/1.1 200 ', 'very '.repeat(100))),
    code: 'headers-too-large',
    hops: ['headers-too-large'],
  },
  {
    name: 'sends an empty line for ever',
    serve: onRequest(floods('', '\r\n'.repeat(100))),
    code: 'headers-too-large',
    hops: ['headers-too-large'],
  },
  {
    name: 'sets ten thousand cookies',
    serve: answer(
      ok(
        '',
        Array.from({ length: 10_000 }, (_, n) => `Set-Cookie: c${n}=1; Path=/only`),
      ),
    ),
    settings: { maxHeaderBytes: 2 * 1024 * 1024 },
    hops: [200],
    warnings: ['set-cookie-limit'],
  },
  {
    name: 'speaks HTTP/1.0 and keeps the connection',
    serve: onRequest(says('HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nold')),
    hops: [200],
    body: 'old',
  },
  { name: 'speaks HTTP/1.0 and closes', serve: answer('HTTP/1.0 200 OK\r\n\r\nold'), hops: [200], body: 'old' },
  {
    name: 'sends 103 for ever',
    serve: onRequest(floods('', 'HTTP/1.1 103 Early Hints\r\nLink: </a{n}>\r\n\r\n')),
    code: 'headers-too-large',
    says: /\d+ interim responses/,
    hops: ['headers-too-large'],
  },
  {
    name: 'sends 100 for ever',
    serve: onRequest(floods('', 'HTTP/1.1 100 Continue\r\n\r\n')),
    code: 'headers-too-large',
    says: /\d+ interim responses/,
    hops: ['headers-too-large'],
  },
  {
    name: 'sends 100 unasked',
    serve: onRequest(says(`HTTP/1.1 100 Continue\r\n\r\n${ok('fine')}`)),
    hops: [200],
    body: 'fine',
  },
  {
    name: 'sends 102 and 103 before the response',
    serve: onRequest(says(`HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${ok('fine')}`)),
    hops: [200],
    body: 'fine',
  },
  {
    name: 'sends 103 and closes',
    serve: answer('HTTP/1.1 103 Early Hints\r\n\r\n'),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'switches protocols unasked',
    serve: onRequest(says('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n\x01\x02')),
    ...broken,
  },
];
