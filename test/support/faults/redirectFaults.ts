import { ends, floods, head, onRequest, type Fault } from './fault.ts';

const moved = (location: string, ...more: string[]): string =>
  head([`Location: ${location}`, 'Content-Length: 0', ...more], '302 Found');
const leads = (...args: Parameters<typeof moved>): Fault['serve'] =>
  onRequest((socket) => void socket.write(moved(...args)));
const toLimit = Array.from({ length: 31 }, () => 302);

/** Redirects that lead nowhere, in circles, or where nobody should go. */
export const redirectFaults: readonly Fault[] = [
  {
    name: 'redirects ten thousand times',
    serve: onRequest((socket, _request, count) => {
      socket.write(count < 10_000 ? moved(`/step/${count}`) : head(['Content-Length: 0']));
    }),
    code: 'redirect-limit',
    says: /more than 30 times/,
    hops: toLimit,
  },
  {
    name: 'redirects to itself',
    serve: leads(''.padEnd(1, '/') + 'fault'),
    code: 'redirect-limit',
    hops: toLimit,
    warnings: ['redirect-loop'],
  },
  {
    name: 'redirects to itself with a new cookie, and then answers',
    serve: onRequest((socket, request) => {
      const isKnown = /^cookie:.*step=2/im.test(request);
      socket.write(
        isKnown
          ? head(['Content-Length: 0'])
          : moved('/fault', `Set-Cookie: step=${/step=1/.test(request) ? 2 : 1}; Path=/fault`),
      );
    }),
    hops: [302, 302, 200],
    cookies: ['step=2'],
  },
  {
    name: 'redirects to itself with a new cookie each time',
    serve: onRequest((socket, _request, count) => {
      socket.write(moved('/fault', `Set-Cookie: step=${count}; Path=/fault`));
    }),
    code: 'redirect-limit',
    hops: toLimit,
    cookies: ['step=30'],
  },
  ...['ftp://a.test/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/plain,x', 'mailto:a@a.test'].map(
    (target): Fault => ({
      name: `redirects to ${target}`,
      serve: leads(target),
      code: 'redirect-scheme',
      says: new RegExp(target.split(':')[0] ?? ''),
      hops: [302],
    }),
  ),
  ...['http://127.0.0.1:99999/', 'http://', 'http://[::1/', 'http://a b/'].map((target): Fault => ({
    name: `redirects to "${target}", which is no URL`,
    serve: leads(target),
    code: 'invalid-url',
    hops: [302],
  })),
  {
    name: 'redirects with credentials in the Location',
    serve: onRequest((socket, request) => {
      const isSecond = request.startsWith('GET /next ');
      const told = /^authorization:/im.test(request) ? 'told' : 'not told';
      const host = /^host: (.*)$/im.exec(request)?.[1] ?? '';
      socket.write(
        isSecond ? `${head([`Content-Length: ${told.length}`])}${told}` : moved(`http://user:SECRET@${host}/next`),
      );
    }),
    hops: [302, 200],
    body: 'not told',
  },
  {
    name: 'says two Locations that differ',
    serve: leads('/a', 'Location: /b'),
    code: 'redirect-ambiguous',
    hops: [302],
  },
  { name: 'says no Location', serve: onRequest(ends(head(['Content-Length: 0'], '302 Found'))), hops: [302] },
  { name: 'says an empty Location', serve: leads(''), hops: [302] },
  {
    name: 'redirects to a port where nothing listens',
    serve: leads('http://127.0.0.1:1/'),
    code: 'connect-refused',
    says: /127\.0\.0\.1:1/,
    hops: [302, 'connect-refused'],
  },
  {
    name: 'redirects to a host that does not exist',
    serve: leads('http://nowhere.invalid/'),
    code: 'dns-failed',
    says: /nowhere\.invalid/,
    hops: [302, 'dns-failed'],
  },
  {
    name: 'redirects with a body without end',
    serve: onRequest(floods(head(['Location: /good'], '302 Found'), Buffer.alloc(65_536, 'x'))),
    hops: [302, 200],
    body: 'good sid=kept',
  },
  {
    name: 'redirects with a body that is cut',
    serve: onRequest(ends(`${head(['Location: /good', 'Content-Length: 100'], '302 Found')}cut`)),
    hops: [302, 200],
    warnings: ['truncated-body'],
    body: 'good sid=kept',
  },
  {
    name: 'redirects with a Location of a megabyte',
    serve: leads(`/${'x'.repeat(1024 * 1024)}`),
    code: 'headers-too-large',
    hops: ['headers-too-large'],
  },
];
