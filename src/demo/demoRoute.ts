import type { DemoCall } from './demoCall.ts';

/** One endpoint. `path` may hold `:name` segments; `method` may be `*`. `about` is what the index page says. */
export interface DemoRoute {
  readonly method: string;
  readonly path: string;
  readonly about: string;
  /** Trouble that the caller made is thrown as a `DemoError`. */
  readonly run: (call: DemoCall) => void | Promise<void>;
}

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: DemoRoute; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'other-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

/** The first route whose path fits decides; a path that fits with another method is 405, not 404 (RFC 9110 15.5.6). */
export function matchRoute(routes: readonly DemoRoute[], method: string, path: string): RouteMatch {
  const fitting = routes.flatMap((route) => {
    const params = paramsOf(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const found = fitting.find(({ route }) => answers(route, method));
  if (found) return { kind: 'found', ...found };
  if (fitting.length > 0) return { kind: 'other-method', allowed: fitting.map(({ route }) => route.method) };
  return { kind: 'unknown' };
}

/** HEAD is answered by the route of GET (RFC 9110 9.3.2). */
function answers(route: DemoRoute, method: string): boolean {
  return route.method === '*' || route.method === method || (route.method === 'GET' && method === 'HEAD');
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}
