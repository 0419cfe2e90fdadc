import { DemoError, numberFromQuery, readBody, redirect, sendJson, type DemoCall } from './demoCall.ts';
import type { DemoRoute } from './demoRoute.ts';

export const redirectRoutes: readonly DemoRoute[] = [
  {
    method: '*',
    path: '/redirect/:n',
    about: 'n redirects, then /echo; ?status=307 chooses the status',
    run: countDown,
  },
  { method: '*', path: '/cross', about: 'Redirect to the other origin: credentials must not go along', run: cross },
  { method: '*', path: '/echo', about: 'What arrived: method, headers, body', run: echo },
];

const redirectStatuses = [301, 302, 303, 307, 308];

function countDown(call: DemoCall): void {
  const left = Number(call.params['n']);
  if (!Number.isInteger(left) || left < 0 || left > 100) throw new DemoError(400, 'Say 0 to 100 redirects.');
  const status = numberFromQuery(call, 'status', { default: 302, max: 399 });
  if (!redirectStatuses.includes(status)) throw new DemoError(400, `Use one of ${redirectStatuses.join(', ')}.`);
  redirect(call, status, left <= 1 ? '/echo' : `/redirect/${left - 1}${call.url.search}`);
}

function cross(call: DemoCall): void {
  redirect(call, 302, `${call.otherOrigin}/echo`);
}

/** `headers` is a list of lines, not an object: repeats and spelling stay visible. */
async function echo(call: DemoCall): Promise<void> {
  const body = await readBody(call);
  const raw = call.request.rawHeaders;
  const headers = raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1] ?? ''}`] : []));
  sendJson(call, 200, { method: call.method, url: call.url.href, headers, body });
}
