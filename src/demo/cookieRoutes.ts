import { sendJson, setCookie, type DemoCall } from './demoCall.ts';
import type { DemoRoute } from './demoRoute.ts';

export const cookieRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: '/cookies', about: 'The cookies that came along', run: show },
  {
    method: 'GET',
    path: '/cookies/set',
    about: 'Set the pairs of the query, for example ?theme=dark',
    run: setFromQuery,
  },
  { method: 'GET', path: '/cookies/kinds', about: 'Cookies of every kind: path, lifetime, HttpOnly', run: setKinds },
  { method: 'GET', path: '/cookies/kinds/here', about: 'Where the cookie with Path=/cookies/kinds is sent', run: show },
  {
    method: 'GET',
    path: '/cookies/refused',
    about: 'One good cookie and three that a client must refuse',
    run: refused,
  },
  {
    method: 'GET',
    path: '/cookies/delete',
    about: 'Delete the names of the query, for example ?theme',
    run: deleteNamed,
  },
];

function show(call: DemoCall): void {
  sendJson(call, 200, { cookies: Object.fromEntries(call.cookies) });
}

function setFromQuery(call: DemoCall): void {
  for (const [name, value] of call.url.searchParams) {
    setCookie(call, `${encodeURIComponent(name)}=${encodeURIComponent(value)}; Path=/`);
  }
  sendJson(call, 200, { set: [...call.url.searchParams.keys()] });
}

function setKinds(call: DemoCall): void {
  setCookie(call, 'theme=dark; Path=/; Max-Age=2592000');
  setCookie(call, 'narrow=1; Path=/cookies/kinds');
  setCookie(call, 'hidden=1; Path=/; HttpOnly; SameSite=Strict');
  setCookie(call, 'brief=1; Path=/; Max-Age=5');
  sendJson(call, 200, {
    theme: 'stays 30 days',
    narrow: 'goes only below /cookies/kinds',
    hidden: 'scripts in a page cannot read it',
    brief: 'is gone after five seconds',
  });
}

/** Each refusal has its own reason: another domain, a broken `__Host-` prefix, too many bytes (RFC 6265bis 5.7). */
function refused(call: DemoCall): void {
  setCookie(call, 'good=1; Path=/');
  setCookie(call, 'foreign=1; Domain=ads.test; Path=/');
  setCookie(call, '__Host-prefix=1; Path=/cookies');
  setCookie(call, 'large=' + 'x'.repeat(5000) + '; Path=/');
  sendJson(call, 200, {
    good: 'is stored',
    foreign: 'names a domain that is not this server',
    '__Host-prefix': 'breaks the rules of its prefix',
    large: 'is longer than 4096 bytes',
  });
}

function deleteNamed(call: DemoCall): void {
  const names = [...call.url.searchParams.keys()];
  for (const name of names) setCookie(call, `${encodeURIComponent(name)}=; Path=/; Max-Age=0`);
  sendJson(call, 200, { deleted: names });
}
