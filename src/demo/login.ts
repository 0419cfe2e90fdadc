import { randomUUID } from 'node:crypto';
import { DemoError, readFields, redirect, sendJson, setCookie, type DemoCall } from './demoCall.ts';
import { demoUsers, type DemoLogin } from './demoState.ts';
import type { DemoRoute } from './demoRoute.ts';

const ticketCookie = 'login_ticket';
const sessionCookie = 'session';

/** The login takes three hops, as single sign-on does: 302 with a ticket, 303 with the session, then the page that wants both. */
export const loginRoutes: readonly DemoRoute[] = [
  { method: 'POST', path: '/login', about: 'Log in with "user" and "password": 302, 303, 200', run: logIn },
  { method: 'GET', path: '/login/check', about: 'Second hop of the login', run: checkTicket },
  { method: 'GET', path: '/login/welcome', about: 'Third hop of the login: the user and a token', run: welcome },
  { method: 'GET', path: '/me', about: 'Who is logged in; 401 without the session cookie', run: showMe },
  { method: 'GET', path: '/profile', about: 'The same with "Authorization: Bearer TOKEN"', run: showProfile },
  { method: 'POST', path: '/logout', about: 'Log out: both cookies are deleted', run: logOut },
];

async function logIn(call: DemoCall): Promise<void> {
  const fields = await readFields(call);
  if (fields['user'] === undefined) throw new DemoError(400, 'Send the fields "user" and "password".');
  const user = demoUsers.find((each) => each.name === fields['user'] && each.password === fields['password']);
  if (!user) throw new DemoError(401, 'Wrong name or password. Try "ada" with "lovelace".');
  const ticket = randomUUID();
  call.state.tickets.set(ticket, user.name);
  setCookie(call, `${ticketCookie}=${ticket}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax`);
  redirect(call, 302, '/login/check');
}

function checkTicket(call: DemoCall): void {
  const user = demoUsers.find((each) => each.name === call.state.tickets.get(call.cookies.get(ticketCookie) ?? ''));
  if (!user) throw new DemoError(401, `The cookie "${ticketCookie}" of the first hop did not come along.`);
  const session = randomUUID();
  call.state.logins.set(session, { user, token: `demo-token-${randomUUID()}` });
  setCookie(call, `${sessionCookie}=${session}; Path=/; HttpOnly; SameSite=Lax`);
  redirect(call, 303, '/login/welcome');
}

function welcome(call: DemoCall): void {
  const login = currentLogin(call);
  if (!call.state.tickets.has(call.cookies.get(ticketCookie) ?? '')) {
    throw new DemoError(401, `The cookie "${ticketCookie}" of the first hop did not come along.`);
  }
  sendJson(call, 200, {
    message: `Welcome, ${login.user.fullName}.`,
    token: login.token,
    user: { name: login.user.name, fullName: login.user.fullName },
  });
}

function showMe(call: DemoCall): void {
  const { user } = currentLogin(call);
  sendJson(call, 200, { user: user.name, fullName: user.fullName, cookies: [...call.cookies.keys()] });
}

function showProfile(call: DemoCall): void {
  const token = /^Bearer (.+)$/i.exec(call.request.headers.authorization ?? '')?.[1];
  const login = [...call.state.logins.values()].find((each) => each.token === token);
  if (!login) {
    call.response.setHeader('WWW-Authenticate', 'Bearer realm="demo"');
    throw new DemoError(401, 'This needs "Authorization: Bearer" with the token of a login that is in force.');
  }
  sendJson(call, 200, { user: login.user.name, fullName: login.user.fullName });
}

function logOut(call: DemoCall): void {
  const { user } = currentLogin(call);
  call.state.logins.delete(call.cookies.get(sessionCookie) ?? '');
  call.state.tickets.delete(call.cookies.get(ticketCookie) ?? '');
  for (const name of [ticketCookie, sessionCookie]) setCookie(call, `${name}=; Path=/; Max-Age=0`);
  sendJson(call, 200, { message: `Goodbye, ${user.fullName}.` });
}

function currentLogin(call: DemoCall): DemoLogin {
  const login = call.state.logins.get(call.cookies.get(sessionCookie) ?? '');
  if (!login) throw new DemoError(401, 'Nobody is logged in. Send "Log in" first: its cookie opens this door.');
  return login;
}
