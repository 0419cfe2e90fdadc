import assert from 'node:assert/strict';
import type { Timing, WireFacts } from '../../src/core/http/transport.ts';
import type { Hop } from '../../src/core/session/exchange.ts';
import { checkAbsent, checkHeaders, checkRawHeaders, decoded, type Pairs } from './headerChecks.ts';
import type { CaseObject } from './caseFile.ts';
import type { ConnectionLabels } from './connectionLabels.ts';
import { checkDigest } from './digestCase.ts';
import type { SendResult } from './sendResult.ts';
import type { ArrivedRequest } from './wire/arrivedRequest.ts';

export interface ArrivedScene {
  readonly arrived: ArrivedRequest;
  /** The product's record of the same request. */
  readonly hop: Hop | undefined;
  readonly labels: ConnectionLabels;
  readonly credentials: SendResult['credentials'];
  readonly where: string;
}

type Check = (expected: never, scene: ArrivedScene) => void;

/** Compares one request that arrived with what a case says of it. Throws for a key that is not known. */
export function expectArrived(expected: CaseObject, scene: ArrivedScene): void {
  for (const [key, value] of Object.entries(expected)) {
    const check = checks[key];
    if (check === undefined) throw new Error(`expectRequests: ${key}: unknown, or not supported yet`);
    check(value as never, scene);
  }
}

const checks: Readonly<Record<string, Check>> = {
  url: same(({ arrived }) => arrived.url),
  method: same(({ arrived }) => arrived.method),
  target: same(({ arrived }) => arrived.target),
  body: same(({ arrived }) => (arrived.body.length === 0 ? null : arrived.body.toString())),
  host: same(({ arrived }) => headerOf(arrived, 'host')),
  sni: same(({ arrived }) => arrived.sni ?? null),
  alpn: same(({ arrived }) => arrived.alpn ?? null),
  cookie: same(({ arrived }) => headerOf(arrived, 'cookie')),
  authorization: same(({ arrived }) => headerOf(arrived, 'authorization')),
  digest: (expected: Readonly<Record<string, string>>, { arrived, credentials }) =>
    checkDigest(headerOf(arrived, 'authorization'), expected, { ...arrived, credentials }),
  headers: (expected: Pairs, { arrived, where }) => checkHeaders(decoded(arrived.headers), expected, where),
  rawHeaders: (expected: Pairs, { arrived, where }) => checkRawHeaders(decoded(arrived.headers), expected, where),
  absentHeaders: (expected: string[], { arrived, where }) => checkAbsent(arrived.headers, expected, where),
  authorized: same(({ hop }) => hop?.wire.tls?.authorized),
  via: checkVia,
  proxyLine: same(({ arrived }) => arrived.passage?.line ?? null),
  proxyAuthorization: same(({ arrived }) => arrived.passage?.authorization ?? null),
  socksTarget: same(({ arrived }) => arrived.passage?.socksTarget ?? null),
  clientCert: same(({ arrived }) => arrived.clientCert),
  connection: (expected: number, { arrived, labels, where }) => labels.check(expected, arrived.socket, where),
  reused: same(({ hop }) => hop?.wire.connection?.reused),
  setCookies: same(({ hop }) => hop?.cookies.received.flatMap((v) => (v.kind === 'stored' ? [v.cookie.name] : []))),
  elapsedMs: (range: Range, scene) => within(range, elapsedMs(timingOf(scene)), `${scene.where}: elapsedMs`),
  phases: (names: string[], scene) => checkPhases(timingOf(scene), names, scene.where),
  absentPhases: (names: string[], scene) => checkAbsentPhases(timingOf(scene), names, scene.where),
  phaseMs: (ranges: Record<string, Range>, scene) => checkPhaseRanges(timingOf(scene), ranges, scene.where),
  phaseSumWithinMs: (tolerance: number, scene) => checkPhaseSum(timingOf(scene), tolerance, scene.where),
  addresses: same(({ hop }) =>
    hop?.wire.connection?.attempts.map(({ address, error }) =>
      error === undefined ? { address } : { address, error },
    ),
  ),
  facts: (names: string[], { hop, where }) => checkFacts(hop?.wire, names, where),
  exactBytes: (_expected: boolean, { arrived, hop, where }) => checkBytes(arrived, hop, where),
  bytesLabel: (labels: string[], { hop, where }) =>
    assert.ok(labels.includes(hop?.wire.socketBytes?.layer ?? 'none'), `${where}: bytes are labelled`),
  rawMatches: (_expected: boolean, { arrived, hop, where }) =>
    assert.equal(hop?.wire.rawRequestHead, arrived.rawHead, `${where}: raw request`),
  rawNames: (expected: string[], { hop, where }) =>
    assert.deepEqual(rawNames(hop, expected), expected, `${where}: raw names`),
};

function same(actual: (scene: ArrivedScene) => unknown): Check {
  return (expected: unknown, scene: ArrivedScene) => assert.deepEqual(actual(scene), expected, scene.where);
}

export type Range = readonly [min: number, max: number];

export function within([min, max]: Range, actual: number, where: string): void {
  assert.ok(actual >= min && actual <= max, `${where}: ${actual} is not in ${min}…${max}`);
}

const phaseKeys = {
  queue: 'queueMs',
  dns: 'dnsMs',
  tcp: 'connectMs',
  tls: 'tlsMs',
  send: 'sendMs',
  wait: 'waitMs',
  download: 'downloadMs',
} as const;

export function phasesOf(timing: Timing): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(phaseKeys).flatMap(([phase, key]): [string, number][] => {
      const ms = timing[key];
      return ms === undefined ? [] : [[phase, ms]];
    }),
  );
}

/** From the start until the head of the response was parsed. */
export function elapsedMs(timing: Timing): number {
  return timing.totalMs - (timing.downloadMs ?? 0);
}

export function checkPhases(timing: Timing, names: readonly string[], where: string): void {
  for (const name of names) assert.ok((phasesOf(timing).get(name) ?? -1) >= 0, `${where}: phase ${name} is missing`);
}

export function checkAbsentPhases(timing: Timing, names: readonly string[], where: string): void {
  for (const name of names) assert.equal(phasesOf(timing).get(name), undefined, `${where}: phase ${name}`);
}

function checkPhaseRanges(timing: Timing, ranges: Readonly<Record<string, Range>>, where: string): void {
  for (const [name, range] of Object.entries(ranges)) {
    within(range, phasesOf(timing).get(name) ?? Number.NaN, `${where}: phase ${name}`);
  }
}

function checkPhaseSum(timing: Timing, tolerance: number, where: string): void {
  const sum = [...phasesOf(timing).values()].reduce((total, ms) => total + ms, 0);
  within([timing.totalMs - tolerance, timing.totalMs + tolerance], sum, `${where}: sum of phases`);
}

/** The proxy that saw it, and the one that the product says it went through. */
function checkVia(expected: string | null, { arrived, hop, where }: ArrivedScene): void {
  const said = hop?.wire.connection?.via;
  assert.equal(said === undefined ? null : new URL(said).href, expected && new URL(expected).href, `${where}: via`);
  const place = expected === null ? undefined : new URL(expected.replace(/^[^:]+/, 'x')).host;
  const seen = arrived.passage?.place.replace(/:(?:80|443)$/, '');
  assert.equal(seen, place?.replace(/:(?:80|443)$/, ''), `${where}: proxy`);
}

function timingOf({ hop, where }: ArrivedScene): Timing {
  assert.ok(hop, `${where}: there is no hop for it`);
  return hop.wire.timing;
}

function checkFacts(wire: WireFacts | undefined, names: readonly string[], where: string): void {
  const known = new Map(Object.entries({ ...wire?.connection, ...wire?.tls, ...wire?.tls?.certificate }));
  for (const name of names) {
    const fact = known.get(name);
    assert.ok(fact !== undefined && fact !== '', `${where}: fact ${name} is missing`);
  }
}

function checkBytes(arrived: ArrivedRequest, hop: Hop | undefined, where: string): void {
  const { sent, received } = hop?.wire.socketBytes ?? {};
  assert.deepEqual({ sent, received }, { sent: arrived.receivedBytes, received: arrived.sentBytes }, `${where}: bytes`);
}

/** Names in the raw view, as far as the case asks for them. */
function rawNames(hop: Hop | undefined, asked: readonly string[]): string[] {
  const lines = hop?.wire.rawRequestHead?.split('\r\n') ?? [];
  const names = lines.flatMap((line) => /^(:?[^:\s]+):/.exec(line)?.[1] ?? []);
  return names.filter((name) => asked.includes(name));
}

function headerOf({ headers }: ArrivedRequest, name: string): string | null {
  const values = decoded(headers).filter(([key]) => key.toLowerCase() === name);
  return values.length === 0 ? null : values.map(([, value]) => value).join(', ');
}
