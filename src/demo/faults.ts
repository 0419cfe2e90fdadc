import { DemoError, redirect, send, sendJson, type DemoCall } from './demoCall.ts';
import type { DemoRoute } from './demoRoute.ts';

/** Ways to go wrong on purpose. Each takes the socket where HTTP's own rules stand in the way. */
const faults: Readonly<Record<string, (call: DemoCall) => void>> = {
  /** The connection ends before a response. */
  reset: (call) => call.request.socket.destroy(),
  /** Fewer bytes than announced. */
  truncated: (call) =>
    raw(call, 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nOnly this'),
  /** A chunk that is announced and does not come. */
  'bad-chunk': (call) => raw(call, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnot a length\r\n'),
  /** Not what Content-Encoding says. */
  'bad-gzip': (call) => {
    call.response.setHeader('Content-Encoding', 'gzip');
    send(call, 200, 'text/plain', 'This is plain text.\n');
  },
  /** Nothing that HTTP knows. */
  garbage: (call) => raw(call, 'What do you want?\r\n\r\n'),
  /** A redirect to itself, for ever. */
  loop: (call) => redirect(call, 302, '/errors/loop'),
  /** A redirect to what is not HTTP. */
  'other-scheme': (call) => redirect(call, 302, 'ftp://127.0.0.1/file'),
  /** A redirect that does not say where to. */
  'no-location': (call) => call.response.writeHead(302).end(),
  /** The head comes, the body never does. */
  stall: (call) => {
    call.response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 1000 });
    call.response.flushHeaders();
  },
};

export const faultRoutes: readonly DemoRoute[] = [
  { method: '*', path: '/status/:code', about: 'Answers with this status', run: status },
  { method: '*', path: '/errors/:kind', about: `Goes wrong: ${Object.keys(faults).join(', ')}`, run: fail },
];

function fail(call: DemoCall): void {
  const kind = call.params['kind'] ?? '';
  const fault = Object.hasOwn(faults, kind) ? faults[kind] : undefined;
  if (!fault) throw new DemoError(404, `There is no error "${kind}". Known are ${Object.keys(faults).join(', ')}.`);
  fault(call);
}

/** 1xx cannot be the end of an exchange, and 204 and 304 have no body (RFC 9110 15). */
function status(call: DemoCall): void {
  const code = Number(call.params['code']);
  if (!Number.isInteger(code) || code < 200 || code > 599) throw new DemoError(400, 'Use a status from 200 to 599.');
  if (code === 204 || code === 304) call.response.writeHead(code).end();
  else sendJson(call, code, { status: code });
}

function raw(call: DemoCall, text: string): void {
  call.request.socket.end(text, 'latin1');
}
