import assert from 'node:assert/strict';
import { type CaseObject, objectOr, only } from './caseFile.ts';
import { CaseScene } from './caseScene.ts';
import { ConnectionLabels } from './connectionLabels.ts';
import { sendStep } from './exchangeCase.ts';
import { expectArrived } from './expectArrived.ts';
import { expectSend } from './expectSend.ts';
import { sendSettings } from './sendSettings.ts';
import type { SendResult } from './sendResult.ts';
import type { ArrivedRequest } from './wire/arrivedRequest.ts';

/** Expectations of a prepare case by the name the same thing has in `expectRequests`. */
const ofArrived: Readonly<Record<string, string>> = {
  expectTarget: 'target',
  expectHost: 'host',
  expectHeaders: 'headers',
  expectRawHeaders: 'rawHeaders',
  expectAbsentHeaders: 'absentHeaders',
  expectAuthorization: 'authorization',
  expectBody: 'body',
  expectProxy: 'via',
};
/** Those that a send has as well. */
const ofSend = ['expectUrl', 'expectError', 'expectShown', 'expectWarnings'];
const own = [
  'kind',
  'settings',
  'env',
  'netrc',
  'request',
  'repeat',
  'byPolicy',
  'expectBoundary',
  'expectRemovable',
  'expectSettings',
];

/** Sends one request, or the same one several times, and looks at what arrives or at what stopped it. */
export async function prepareCase(data: CaseObject): Promise<void> {
  only(data, [...own, ...ofSend, ...Object.keys(ofArrived)], 'case');
  const byPolicy = objectOr(data['byPolicy']);
  const runs = data['byPolicy'] === undefined ? [[undefined, data] as const] : policyRuns(data, byPolicy);
  for (const [policy, expected] of runs) {
    const settings = policy === undefined ? objectOr(data['settings']) : { ...objectOr(data['settings']), policy };
    await prepareOnce(data, settings, expected);
  }
}

function policyRuns(data: CaseObject, byPolicy: CaseObject): (readonly [string, CaseObject])[] {
  const all: CaseObject = { ...byPolicy, standard: { ...data, ...objectOr(byPolicy['standard']) } };
  return Object.entries(all).map(([policy, expected]) => [policy, objectOr(expected)] as const);
}

async function prepareOnce(data: CaseObject, settings: CaseObject, expected: CaseObject): Promise<void> {
  const split = sendSettings(settings);
  const scene = new CaseScene({
    settings: split,
    env: objectOr(data['env']) as Record<string, string>,
    ...(typeof data['netrc'] === 'string' && { netrc: data['netrc'] }),
  });
  try {
    const results: SendResult[] = [];
    for (let sent = 0; sent < ((data['repeat'] as number | undefined) ?? 1); sent += 1) {
      results.push(await sendStep({ op: 'send', request: data['request'] }, { scene, settings: split }));
    }
    for (const result of results) await checkResult(expected, result);
    checkBoundary(expected['expectBoundary'], scene.net.arrived);
    if ('expectSettings' in expected) checkSettings(objectOr(expected['expectSettings']), results);
  } finally {
    await scene.close();
  }
  await checkRemovable(data, settings, (expected['expectRemovable'] as string[] | undefined) ?? []);
}

async function checkResult(expected: CaseObject, result: SendResult): Promise<void> {
  const ofResult = Object.fromEntries(Object.entries(expected).filter(([key]) => ofSend.includes(key)));
  await expectSend(ofResult, result, new ConnectionLabels());
  assert.equal(result.arrived.length, 'expectError' in expected ? 0 : 1, 'requests that arrived');
  const [arrived] = result.arrived;
  const wanted = Object.entries(ofArrived).filter(([key]) => key in expected);
  if (arrived === undefined) return;
  expectArrived(Object.fromEntries(wanted.map(([key, name]) => [name, expected[key]])), {
    arrived,
    hop: result.hops[0],
    labels: new ConnectionLabels(),
    credentials: result.credentials,
    where: 'request',
  });
}

/** Names of the settings afterwards, which must be those of before. */
function checkSettings(expected: CaseObject, results: readonly SendResult[]): void {
  only(expected, ['headers', 'params'], 'expectSettings');
  const defaults = results.at(-1)?.session.defaults;
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(name === 'headers' ? defaults?.headers : defaults?.params, value, name);
  }
}

function checkBoundary(expected: unknown, arrived: readonly ArrivedRequest[]): void {
  if (expected === undefined) return;
  const boundaries = arrived.map(({ headers }) => {
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    return /boundary="?([^";]+)"?/.exec(type)?.[1] ?? '';
  });
  for (const [index, boundary] of boundaries.entries()) {
    assert.ok(
      boundary !== '' && arrived[index]?.body.includes(`--${boundary}\r\n`),
      'the boundary of the header delimits the body',
    );
  }
  if (expected !== 'random')
    return assert.deepEqual(
      boundaries,
      boundaries.map(() => expected),
    );
  assert.ok(
    boundaries.every((boundary) => boundary.length >= 16),
    'the boundary is long',
  );
  assert.equal(new Set(boundaries).size, arrived.length, 'the boundary differs each time');
}

/** Default headers are there, and gone when the session sets them to null. */
async function checkRemovable(data: CaseObject, settings: CaseObject, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  for (const removed of [false, true]) {
    const headers = removed ? names.map((name) => [name, null]) : (settings['headers'] ?? []);
    const split = sendSettings({ ...settings, headers });
    const scene = new CaseScene({ settings: split });
    try {
      const { arrived } = await sendStep({ op: 'send', request: data['request'] }, { scene, settings: split });
      for (const name of names) {
        const there = arrived[0]?.headers.some(([key]) => key.toLowerCase() === name.toLowerCase());
        assert.equal(there, !removed, `${name} with ${removed ? 'null' : 'nothing'} in the session`);
      }
    } finally {
      await scene.close();
    }
  }
}
