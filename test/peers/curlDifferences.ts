/** What arrives from us and from curl where the two are not the same, and why ours is what we want. */
export interface Difference {
  readonly why: string;
  readonly ours: readonly string[];
  readonly curl: readonly string[];
}

const posted = 'POST A/start | content-type: text/plain | body: a=1';
const wasPut = 'PUT A/start | content-type: text/plain | body: a=1';
const noBodyNoType: Difference = {
  why: 'a GET without a body has no header lines that describe one (RFC 9110 15.4)',
  ours: [posted, 'GET A/x'],
  curl: [posted, 'GET A/x | content-type: text/plain'],
};

/** By the name of the scenario. */
export const differences: Readonly<Record<string, Difference>> = {
  'POST and 301': noBodyNoType,
  'POST and 302': noBodyNoType,
  'POST and 303': noBodyNoType,
  'PUT and 301': {
    why: 'a method that is kept keeps its body; a PUT without one could empty what it names',
    ours: [wasPut, 'PUT A/x | content-type: text/plain | body: a=1'],
    curl: [wasPut, 'PUT A/x | content-type: text/plain'],
  },
  'PUT and 303': {
    why: '303 asks for a GET (RFC 9110 15.4.4); curl keeps what -X says on every hop',
    ours: [wasPut, 'GET A/x'],
    curl: [wasPut, 'PUT A/x | content-type: text/plain'],
  },
  '300 with a Location': {
    why: '300 offers a choice; its Location is shown and not followed',
    ours: ['GET A/start'],
    curl: ['GET A/start', 'GET A/x'],
  },
  '304 with a Location': {
    why: '304 is no redirect (RFC 9110 15.4.5)',
    ours: ['GET A/start'],
    curl: ['GET A/start', 'GET A/x'],
  },
  'UTF-8 in the path': {
    why: 'the same bytes, percent-encoded in upper case as RFC 3986 2.1 asks',
    ours: ['GET A/start', 'GET A/%C3%A9'],
    curl: ['GET A/start', 'GET A/%c3%a9'],
  },
  'a backslash in the path': {
    why: 'URLs are read as browsers read them: a backslash is a slash in http URLs (WHATWG URL 4.4)',
    ours: ['GET A/start', 'GET A/a/b'],
    curl: ['GET A/start', String.raw`GET A/a\b`],
  },
  'a fragment alone': {
    why: 'it is the same document (RFC 3986 4.4); curl loses the last part of the path',
    ours: ['GET A/start', 'GET A/start'],
    curl: ['GET A/start', 'GET A/'],
  },
  'Authorization there and back': {
    why: 'what was dropped on the way to another host stays dropped',
    ours: ['GET A/start | authorization: Bearer T', 'GET B/b', 'GET A/c'],
    curl: ['GET A/start | authorization: Bearer T', 'GET B/b', 'GET A/c | authorization: Bearer T'],
  },
  'userinfo in the Location': {
    why: 'a server does not choose the credentials that are sent',
    ours: ['GET A/start', 'GET A/x'],
    curl: ['GET A/start', 'GET A/x | authorization: Basic dTpw'],
  },
  'a written Cookie line': {
    why: 'the same cookies; the written ones keep their place, those of the jar come behind',
    ours: ['GET A/start | cookie: h=1', 'GET A/x | cookie: h=1; j=2'],
    curl: ['GET A/start | cookie: h=1', 'GET A/x | cookie: j=2; h=1'],
  },
  'a path that ends with a slash': {
    why: '/sub is not below /sub/ (RFC 6265bis 5.1.4)',
    ours: ['GET A/start', 'GET A/sub', 'GET A/sub/ | cookie: a=1', 'GET A/sub/x | cookie: a=1'],
    curl: ['GET A/start', 'GET A/sub | cookie: a=1', 'GET A/sub/ | cookie: a=1', 'GET A/sub/x | cookie: a=1'],
  },
  'a cookie without a name': {
    why: 'it is a cookie by RFC 6265bis 5.6 and in browsers',
    ours: ['GET A/start', 'GET A/next | cookie: foo'],
    curl: ['GET A/start', 'GET A/next'],
  },
};
