import { send, type DemoCall } from './demoCall.ts';
import { cookieRoutes } from './cookieRoutes.ts';
import type { DemoRoute } from './demoRoute.ts';
import { faultRoutes } from './faults.ts';
import { itemRoutes } from './items.ts';
import { loginRoutes } from './login.ts';
import { mediaRoutes } from './media.ts';
import { redirectRoutes } from './redirects.ts';
import { streamRoutes } from './streams.ts';

const endpoints: readonly DemoRoute[] = [
  ...loginRoutes,
  ...itemRoutes,
  ...redirectRoutes,
  ...cookieRoutes,
  ...streamRoutes,
  ...mediaRoutes,
  ...faultRoutes,
];

/** Every endpoint of the demo, the index page first. */
export const demoRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: '/', about: 'This page', run: index },
  ...endpoints,
];

function index(call: DemoCall): void {
  const rows = demoRoutes.map(
    ({ method, path, about }) => `<tr><td>${method === '*' ? 'any' : method}<td><code>${path}</code><td>${about}\n`,
  );
  send(
    call,
    200,
    'text/html; charset=utf-8',
    `<!doctype html>\n<meta charset="utf-8">\n<title>Crumbtrail demo API</title>\n<h1>Crumbtrail demo API</h1>\n` +
      `<p>Listens on this machine alone and forgets everything when it stops. The other origin is <code>${call.otherOrigin}</code>.\n` +
      `<table>\n${rows.join('')}</table>\n`,
  );
}
