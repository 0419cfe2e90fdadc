import assert from 'node:assert/strict';
import type { Hop } from '../../src/core/session/exchange.ts';
import { type CaseObject, only } from './caseFile.ts';
import { caseRequest } from './caseRequest.ts';
import type { CaseScene } from './caseScene.ts';
import type { CaseSendSettings } from './sendSettings.ts';
import { phasesOf } from './expectArrived.ts';
import type { ArrivedRequest } from './wire/arrivedRequest.ts';

/** Sends `count` requests at once; every hop's record must belong to its own request. */
export async function parallelStep(step: CaseObject, scene: CaseScene, settings: CaseSendSettings): Promise<void> {
  only(step, ['op', 'count', 'delayMs', 'request', 'expectOwnRecords', 'expectDistinctConnections'], 'parallel');
  const delayMs = step['delayMs'] as number;
  scene.net.fallback = { status: 200, delayMs };
  const before = scene.net.arrived.length;
  const count = step['count'] as number;
  const sends = Array.from({ length: count }, (_, index) => sendNumbered(step, index + 1, scene, settings));
  const hops = await Promise.all(sends);
  const arrived = scene.net.arrived
    .slice(before)
    .filter(({ headers }) => !headers.some(([name]) => name === 'x-foreign'));
  assert.equal(arrived.length, count, 'requests that arrived');
  for (const hop of hops) checkOwn(hop, arrived, delayMs);
  if (step['expectDistinctConnections'] === true) {
    assert.equal(new Set(hops.map(({ wire }) => wire.connection?.id)).size, count, 'connections');
    assert.equal(new Set(arrived.map(({ socket }) => socket)).size, count, 'sockets at the server');
  }
}

async function sendNumbered(step: CaseObject, n: number, scene: CaseScene, settings: CaseSendSettings): Promise<Hop> {
  const numbered = JSON.parse(JSON.stringify(step['request']).replaceAll('{n}', String(n))) as CaseObject;
  const { request, failure } = await caseRequest(numbered, scene.session(), settings);
  assert.ok(request, failure?.message);
  const exchange = await scene
    .session()
    .send(request, { settings: settings.send, signal: new AbortController().signal });
  assert.equal(exchange.failure, undefined, exchange.failure?.message);
  const hop = exchange.hops[0];
  assert.ok(hop && exchange.hops.length === 1, 'hops');
  return hop;
}

function checkOwn(hop: Hop, arrived: readonly ArrivedRequest[], delayMs: number): void {
  const own = arrived.find(({ url }) => url === hop.request.url);
  assert.ok(own, `${hop.request.url} did not arrive`);
  assert.equal(hop.wire.rawRequestHead, own.rawHead, 'raw request');
  assert.equal(hop.wire.connection?.localPort, own.socket.remotePort, 'socket');
  assert.ok((phasesOf(hop.wire.timing).get('wait') ?? 0) >= delayMs - 10, 'the wait is its own');
}
