import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { prepareRequest } from '../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../src/core/run/runContext.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import { bodyText, newSession, now, runInput } from '../support/runInput.ts';
import { conformanceFolder, needsConformance } from './conformanceFolder.ts';

/** One request as a tool sent it; `h` holds the lines of the file and none that the tool added. */
interface Sent {
  readonly m: string;
  readonly u: string;
  readonly h: Readonly<Record<string, string>>;
  readonly b?: string;
}

interface Probe {
  readonly id: string;
  readonly text: string;
  readonly restClient: readonly (Sent | string | null)[];
  readonly httpYac: { readonly log: readonly Sent[] };
}

/** What becomes of one block: a request, or the codes of the errors that keep it from being sent. */
type Outcome = Sent | { readonly blocked: readonly string[] };

interface Decision {
  /** Rule of GRAMMAR.md, or a row of its matrix. */
  readonly rule: string;
  /** Like one of the two, or like neither. */
  readonly sent: 'restClient' | 'httpYac' | readonly Outcome[];
}

const post = (b: string, type = 'text/plain'): Sent => ({ m: 'POST', u: '/x', h: { 'content-type': type }, b });
const get = (u: string, h: Sent['h'] = {}): Sent => ({ m: 'GET', u, h });

/** Every probe in which the two tools differ, or in which a rule says otherwise than both. */
const decisions: Readonly<Record<string, Decision>> = {
  'comment-md': { rule: 'C1', sent: [post('# Title\n// c\ntext', 'text/markdown')] },
  'comment-yaml': { rule: 'C1', sent: [post('# c\na: 1', 'application/yaml')] },
  'at-in-body': { rule: 'C16, C9', sent: [post('hello\n@v = 5\nval={{v}}')] },
  'css-at': { rule: 'C16', sent: 'restClient' },
  'sep-indent': { rule: 'C2', sent: 'restClient' },
  'query-trail': { rule: 'C10', sent: [get('/x?a=1&b=2', { 'x-h': '1' })] },
  'path-indent': { rule: 'C10', sent: 'httpYac' },
  'path-noslash': { rule: 'C10', sent: [get('/api/get')] },
  'hdr-fold': { rule: 'C10', sent: [get('/x', { 'x-h': 'one two', 'x-g': '3' })] },
  'hdr-nocolon': { rule: 'row 31', sent: [{ blocked: ['malformed-header'] }] },
  'hdr-macro': { rule: 'C12', sent: 'restClient' },
  'hdr-dup': { rule: 'SESSION M11', sent: [get('/x', { 'x-h': '1\n2', cookie: 'a=1\nb=2' })] },
  'lead-blank': { rule: 'C13', sent: 'httpYac' },
  'no-blank-body': { rule: 'C11', sent: 'httpYac' },
  'req-in-body': { rule: 'C17', sent: 'restClient' },
  'gt-body': { rule: 'C15', sent: 'restClient' },
  'ltgt-body': { rule: 'C15', sent: 'httpYac' },
  unres: { rule: 'C9', sent: [{ blocked: ['unknown-variable'] }] },
  ts: { rule: 'C4', sent: [get(`/x?t=${Math.floor(now / 1000)}&o=${Math.floor(now / 1000)}`)] },
  randint: { rule: 'C5', sent: [get('/x?r=0&s=0&q=1')] },
  datetime0: { rule: 'C6', sent: [get('/x?d=2026-02-03T04:05:06.007Z&e=2026-02-03T04:05:06.007Z')] },
  datetimefmt: { rule: 'C6', sent: [get('/x?d=03-02-2026&e=03-02-2026')] },
  'uuid-twice': {
    rule: 'row 91',
    sent: [get('/x?d=00000000-0000-4000-8000-000000000000&e=00000000-0000-4000-8000-000000000000')],
  },
  'lower-method': { rule: 'C18', sent: 'restClient' },
  'mixed-method': { rule: 'C18', sent: 'restClient' },
  'custom-method': { rule: 'C18', sent: [{ m: 'PURGE', u: '/x', h: {} }] },
  'var-last': { rule: 'C8', sent: 'httpYac' },
  quotevar: { rule: 'row 71', sent: 'restClient' },
  encvar: { rule: 'row 80', sent: 'restClient' },
  'form-jb': { rule: 'C27', sent: 'httpYac' },
  'script-pre': { rule: 'section 3.1: scripts are not run; C9', sent: [{ blocked: ['unknown-variable'] }] },
  'script-post': { rule: 'C15', sent: 'httpYac' },
  reqvar: { rule: 'C20', sent: [{ m: 'POST', u: '/login', h: {} }, get('/x?t=TOK')] },
  'reqvar-hy': { rule: 'C20', sent: 'httpYac' },
  'mustache-body': { rule: 'C9', sent: 'restClient' },
  'trailing-var': { rule: 'C16', sent: 'httpYac' },
  'block-comment': { rule: 'section 3: prologue', sent: 'httpYac' },
  // Both reach the same server; httpYac does not count the line it made the URL of.
  'host-origin': { rule: 'row 19', sent: 'restClient' },
  'var-between-hdr': { rule: 'section 3: var', sent: [get('/x', { 'x-g': '1' })] },
  graphql: { rule: 'C30', sent: 'httpYac' },
  // The closing delimiter ends with a line break, as its grammar allows and curl does (RFC 2046 5.1.1).
  multipart: { rule: 'row 51', sent: 'restClient' },
  'colon-eq': { rule: 'section 3: var', sent: 'httpYac' },
  'var-noeq': { rule: 'section 3: other text', sent: 'httpYac' },
  'escaped-nl': { rule: 'row 72', sent: 'restClient' },
  prose: { rule: 'section 3: reqline', sent: 'httpYac' },
  // A handler runs after a send, and nothing is sent here.
  'handler-nohdr': { rule: 'C15, C9', sent: [get('/x'), { blocked: ['unknown-variable'] }] },
  'out-redir': { rule: 'C15', sent: 'httpYac' },
};

describe(
  'dialect probes: what REST Client and httpYac sent, and what the rules of GRAMMAR.md decide',
  needsConformance,
  () => {
    const probes = readProbes();
    for (const probe of probes) {
      const decision = decisions[probe.id];
      test(`${probe.id}: ${decision ? decision.rule : 'as both tools'}`, () => check(probe, expected(probe, decision)));
    }

    test('every decision belongs to a probe, and none is needed where the tools agree and are followed', () => {
      const byId = new Map(probes.map((probe) => [probe.id, probe]));
      const needless = Object.entries(decisions).filter(([id, { sent }]) => {
        const probe = byId.get(id);
        return !probe || (typeof sent === 'string' && agree(probe));
      });
      assert.deepEqual(needless, []);
    });
  },
);

function readProbes(): readonly Probe[] {
  if (needsConformance.skip !== false) return [];
  return JSON.parse(readFileSync(join(conformanceFolder, 'dialect-probes.json'), 'utf8')) as Probe[];
}

async function check(probe: Probe, wanted: readonly Outcome[]): Promise<void> {
  assert.deepEqual(await prepared(probe.text), wanted);
}

function expected(probe: Probe, decision: Decision | undefined): readonly Outcome[] {
  if (!decision) {
    assert.deepEqual(restClient(probe), httpYac(probe), 'The tools differ here: a rule must decide.');
    return restClient(probe);
  }
  if (decision.sent === 'restClient') return restClient(probe);
  return decision.sent === 'httpYac' ? httpYac(probe) : decision.sent.map((each) => ('m' in each ? tidy(each) : each));
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
