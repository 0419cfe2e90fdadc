/** What a server answers at one path, in turn; the last answer repeats. Elsewhere it answers 200. */
export type Routes = Readonly<Record<string, readonly Reply[]>>;

export interface Reply {
  readonly status: number;
  readonly location?: string;
  readonly cookies?: readonly string[];
}

export interface ScenarioRequest {
  readonly path: string;
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/**
 * Requests that are sent by us and by `curl -L -b jar -c jar`, and what both servers get of it. `A` is the first server,
 * `B` the same port on another address, `C` another port of the first address.
 */
export interface Scenario {
  readonly name: string;
  readonly routes: Routes;
  readonly requests: readonly ScenarioRequest[];
}

const start: ScenarioRequest = { path: '/start' };
const post: ScenarioRequest = {
  path: '/start',
  method: 'POST',
  body: 'a=1',
  headers: [['Content-Type', 'text/plain']],
};
const put: ScenarioRequest = { ...post, method: 'PUT' };
const authorized: ScenarioRequest = { path: '/start', headers: [['Authorization', 'Bearer T']] };

function to(location: string, status = 302, ...cookies: readonly string[]): Reply {
  return { status, location, cookies };
}

/** Cookies set at `/start`, then a request to each of the paths. */
function cookies(name: string, set: readonly string[], paths: readonly string[] = ['/next']): Scenario {
  return {
    name,
    routes: { '/start': [{ status: 200, cookies: set }] },
    requests: [start, ...paths.map((path) => ({ path }))],
  };
}

function redirect(name: string, reply: Reply, request = start, more: Routes = {}): Scenario {
  return { name, routes: { '/start': [reply], ...more }, requests: [request] };
}

export const scenarios: readonly Scenario[] = [
  redirect('an absolute path', to('/x/y?z=1')),
  redirect('a relative path', to('../x'), { path: '/a/b/start' }, { '/a/b/start': [to('../x')] }),
  redirect('a query alone', to('?q=1')),
  redirect('a host without a scheme', to('//{B}/x')),
  redirect('another port', to('http://{C}/x')),
  redirect('a blank in the path', to('/a b')),
  redirect('an empty Location', to('')),
  redirect('201 with a Location', to('/x', 201)),
  redirect('HEAD', to('/x'), { path: '/start', method: 'HEAD' }),
  ...[301, 302, 303, 307, 308].map((status) => redirect(`POST and ${status}`, to('/x', status), post)),
  redirect('DELETE and 302', to('/x'), { path: '/start', method: 'DELETE' }),
  redirect('PUT and 307', to('/x', 307), put),
  redirect('three hops', to('/b'), start, { '/b': [to('/c', 301)], '/c': [to('/d', 307)] }),
  redirect('a scheme that is none of the web', to('ftp://127.0.0.1/x')),
  redirect('Authorization on the same origin', to('/x'), authorized),
  redirect('Authorization to another host', to('http://{B}/x'), authorized),
  redirect('Authorization to another port', to('http://{C}/x'), authorized),
  redirect('other headers to another host', to('http://{B}/x'), { path: '/start', headers: [['X-Tag', '1']] }),
  redirect('a cookie of the redirect', to('/x', 302, 'a=1')),
  redirect('a cookie of the redirect to another port', to('http://{C}/x', 302, 'a=1')),
  redirect('a cookie of the redirect to another host', to('http://{B}/x', 302, 'a=1; Path=/')),
  redirect('a login that comes back to the same URL', to('/start', 302, 'a=1'), start, {
    '/start': [to('/start', 302, 'a=1'), { status: 200 }],
  }),
  redirect('a cookie replaced on the way', to('/b', 302, 'a=1'), start, { '/b': [to('/c', 302, 'a=2')] }),
  redirect('a cookie deleted on the way', to('/b', 302, 'a=1'), start, { '/b': [to('/c', 302, 'a=; Max-Age=0')] }),
  cookies('a cookie', ['a=1']),
  cookies('a path', ['a=1; Path=/sub'], ['/sub', '/sub/x', '/subx', '/']),
  cookies('the default path', ['a=1'], ['/x/y', '/']),
  cookies('a path that ends with a slash', ['a=1; Path=/sub/'], ['/sub', '/sub/', '/sub/x']),
  cookies('the longer path first', ['a=1; Path=/', 'b=2; Path=/sub'], ['/sub/x']),
  cookies('one name and two paths', ['a=1; Path=/', 'a=2; Path=/sub'], ['/sub/x', '/']),
  cookies('Max-Age before Expires', ['a=1; Max-Age=100; Expires=Thu, 01 Jan 1970 00:00:00 GMT']),
  cookies('Expires in the past', ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT']),
  cookies('another domain', ['a=1; Domain=example.com']),
  cookies('a value in quotes', ['a="x y"']),
  cookies('equal signs in the value', ['a=b=c==']),
  cookies('attributes nobody knows', ['a=1; Priority=High; SameSite=Lax']),
  cookies('blanks around name and value', ['  a  =  1  ;  Path=/']),
  cookies('HttpOnly', ['a=1; HttpOnly']),
  redirect('300 with a Location', to('/x', 300)),
  redirect('304 with a Location', to('/x', 304)),
  redirect('PUT and 301', to('/x', 301), put),
  redirect('PUT and 303', to('/x', 303), put),
  redirect('UTF-8 in the path', to('/é')),
  redirect('a backslash in the path', to('/a\\b')),
  redirect('a fragment alone', to('#here'), start, { '/start': [to('#here'), { status: 200 }] }),
  redirect('Authorization there and back', to('http://{B}/b'), authorized, { '/b': [to('http://{A}/c')] }),
  redirect('userinfo in the Location', to('http://u:p@{A}/x')),
  redirect('a written Cookie line', to('/x', 302, 'j=2'), { path: '/start', headers: [['Cookie', 'h=1']] }),
  redirect('a written Cookie line to another host', to('http://{B}/x'), {
    path: '/start',
    headers: [['Cookie', 'h=1']],
  }),
  cookies('a cookie without a name', ['foo']),
  cookies('Secure over http', ['a=1; Secure']),
  cookies('the prefix __Host- without Secure', ['__Host-a=1; Path=/']),
  cookies('a percent sign in the path', ['a=1; Path=/a%20b'], ['/a%20b/x']),
];
