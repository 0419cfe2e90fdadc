import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prepareRequest } from '../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../src/core/run/runContext.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import { bodyText, newSession, now, runInput } from '../support/runInput.ts';
import { needsConformance } from './conformanceFolder.ts';
import { type Probe, readProbes, readReviewed, type Sent } from './probes.ts';

/** What becomes of one block: a request, or the codes of the errors that keep it from being sent. */
type Outcome = Sent | { readonly blocked: readonly string[] };

/** Like one of the two tools, or like neither. */
type Decision = 'restClient' | 'httpYac' | readonly Outcome[];

const post = (b: string, type = 'text/plain'): Sent => ({ m: 'POST', u: '/x', h: { 'content-type': type }, b });
const get = (u: string, h: Sent['h'] = {}): Sent => ({ m: 'GET', u, h });

/** Every probe in which the two tools differ, or in which a rule says otherwise than both; which rule, dialectProbes.reviewed.json says. */
const decisions: Readonly<Record<string, Decision>> = {
  'comment-md': [post('# Title\n// c\ntext', 'text/markdown')],
  'comment-yaml': [post('# c\na: 1', 'application/yaml')],
  'at-in-body': [post('hello\n@v = 5\nval={{v}}')],
  'css-at': 'restClient',
  'sep-indent': 'restClient',
  'query-trail': [get('/x?a=1&b=2', { 'x-h': '1' })],
  'path-indent': 'httpYac',
  'path-noslash': [get('/api/get')],
  'hdr-fold': [get('/x', { 'x-h': 'one two', 'x-g': '3' })],
  'hdr-nocolon': [{ blocked: ['malformed-header'] }],
  'hdr-macro': 'restClient',
  'hdr-dup': [get('/x', { 'x-h': '1\n2', cookie: 'a=1\nb=2' })],
  'lead-blank': 'httpYac',
  'no-blank-body': 'httpYac',
  'req-in-body': 'restClient',
  'gt-body': 'restClient',
  'ltgt-body': 'httpYac',
  unres: [{ blocked: ['unknown-variable'] }],
  ts: [get(`/x?t=${Math.floor(now / 1000)}&o=${Math.floor(now / 1000)}`)],
  randint: [get('/x?r=0&s=0&q=1')],
  datetime0: [get('/x?d=2026-02-03T04:05:06.007Z&e=2026-02-03T04:05:06.007Z')],
  datetimefmt: [get('/x?d=03-02-2026&e=03-02-2026')],
  'uuid-twice': [get('/x?d=00000000-0000-4000-8000-000000000000&e=00000000-0000-4000-8000-000000000000')],
  'lower-method': 'restClient',
  'mixed-method': 'restClient',
  'custom-method': [{ m: 'PURGE', u: '/x', h: {} }],
  'var-last': 'httpYac',
  quotevar: 'restClient',
  encvar: 'restClient',
  'form-jb': 'httpYac',
  'script-pre': [{ blocked: ['unknown-variable'] }],
  'script-post': 'httpYac',
  reqvar: [{ m: 'POST', u: '/login', h: {} }, get('/x?t=TOK')],
  'reqvar-hy': 'httpYac',
  'mustache-body': 'restClient',
  'trailing-var': 'httpYac',
  'block-comment': 'httpYac',
  // Both reach the same server; httpYac does not count the line it made the URL of.
  'host-origin': 'restClient',
  'var-between-hdr': [get('/x', { 'x-g': '1' })],
  graphql: 'httpYac',
  // The closing delimiter ends with a line break, as its grammar allows and curl does (RFC 2046 5.1.1).
  multipart: 'restClient',
  'colon-eq': 'httpYac',
  'var-noeq': 'httpYac',
  'escaped-nl': 'restClient',
  prose: 'httpYac',
  // A handler runs after a send, and nothing is sent here.
  'handler-nohdr': [get('/x'), { blocked: ['unknown-variable'] }],
  'out-redir': 'httpYac',
};

describe(
  'dialect probes: what REST Client and httpYac sent, and what the rules of GRAMMAR.md decide',
  needsConformance,
  () => {
    const probes = readProbes();
    const reviewed = readReviewed();
    for (const probe of probes) {
      const decision = decisions[probe.id];
      const by = decision ? (reviewed[probe.id]?.rule ?? 'no rule') : 'as both tools';
      test(`${probe.id}: ${by}`, () => check(probe, expected(probe, decision)));
    }

    test('every decision belongs to a probe, and none is needed where the tools agree and are followed', () => {
      const byId = new Map(probes.map((probe) => [probe.id, probe]));
      const needless = Object.entries(decisions).filter(([id, sent]) => {
        const probe = byId.get(id);
        return !probe || (typeof sent === 'string' && agree(probe));
      });
      assert.deepEqual(needless, []);
    });
  },
);

async function check(probe: Probe, wanted: readonly Outcome[]): Promise<void> {
  assert.deepEqual(await prepared(probe.text), wanted);
}

function expected(probe: Probe, decision: Decision | undefined): readonly Outcome[] {
  if (!decision) {
    assert.deepEqual(restClient(probe), httpYac(probe), 'The tools differ here: a rule must decide.');
    return restClient(probe);
  }
  if (decision === 'restClient') return restClient(probe);
  return decision === 'httpYac' ? httpYac(probe) : decision.map((each) => ('m' in each ? tidy(each) : each));
}

function agree(probe: Probe): boolean {
  return JSON.stringify(restClient(probe)) === JSON.stringify(httpYac(probe));
}

function restClient({ restClient: sent }: Probe): readonly Outcome[] {
  return sent.filter((each) => typeof each === 'object' && each !== null).map(tidy);
}

/** Its log is that of a server: a redirect that was followed is not part of what is prepared here. */
function httpYac({ httpYac: { log } }: Probe): readonly Outcome[] {
  return log.filter((each) => each.u !== '/target').map(tidy);
}

/** Header names without case, URLs as the WHATWG parser writes them, and no mark that the body came as a stream. */
function tidy({ m, u, h, b }: Sent): Sent {
  const url = URL.parse(u, 'http://127.0.0.1:18999');
  const body = b?.replace(/^STREAM:/, '') ?? '';
  const headers = Object.entries(h).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    m,
    u: url ? url.pathname + url.search : u,
    h: Object.fromEntries(headers) as Sent['h'],
    ...(body !== '' && { b: body }),
  };
}

const productHeaders = new Set(['user-agent', 'accept', 'accept-encoding']);

async function prepared(text: string): Promise<readonly Outcome[]> {
  const document = parse(text);
  const session = newSession();
  session.record({
    file: 'api/file.http',
    id: 'login',
    at: 0,
    request: { method: 'POST', url: 'http://127.0.0.1:18999/login', headers: [] },
    hops: [{ url: 'http://127.0.0.1:18999/login', status: 200, reason: 'OK', headers: [] }],
    cookies: [],
    bodyBase64: btoa('{"token":"TOK"}'),
  });
  const base = runInput('GET http://a.test/', undefined, {
    session,
    files: { '/work/api/inc.json': '{"inc":"{{v}}"}\n' },
  });
  const outcomes: Outcome[] = [];
  for (const block of requestBlocks(document)) outcomes.push(await outcomeOf({ ...base, document, block }));
  return outcomes;
}

async function outcomeOf(input: ReturnType<typeof runInput>): Promise<Outcome> {
  const { request, problems } = await prepareRequest(prepareInput(input, createResolver(input, [], 'no'), 'no'));
  const errors = [...input.block.problems, ...problems].filter((problem) => problem.severity === 'error');
  if (errors.length > 0 || !request) return { blocked: errors.map((problem) => problem.code) };
  const h: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    if (!productHeaders.has(key)) h[key] = key in h ? `${h[key]}\n${value}` : value;
  }
  const b = await bodyText(request.body);
  return tidy({ m: request.method, u: request.url, h, ...(b !== undefined && { b }) });
}
