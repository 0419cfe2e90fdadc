import { setTimeout as wait } from 'node:timers/promises';
import assert from 'node:assert/strict';
import type { Exchange } from '../../src/core/session/exchange.ts';
import { type CaseObject, objectOr, only } from './caseFile.ts';
import { caseRequest } from './caseRequest.ts';
import { CaseScene, type SceneParts } from './caseScene.ts';
import { type CaseSendSettings, defaultsPart, sendSettings } from './sendSettings.ts';
import { ConnectionLabels } from './connectionLabels.ts';
import { expectSend } from './expectSend.ts';
import { breakGlobalDispatcher, foreignRequests } from './foreign.ts';
import { parallelStep } from './parallelStep.ts';
import type { SendResult } from './sendResult.ts';

interface Running {
  readonly scene: CaseScene;
  readonly settings: CaseSendSettings;
  readonly labels: ConnectionLabels;
  /** Undone when the case ends. */
  readonly cleanUp: (() => Promise<void>)[];
}

const sceneKeys = ['hooks', 'jar', 'origins', 'server', 'now', 'proxyServers', 'netrc', 'env', 'systemRoots'];

/** Runs any case of the shape `settings, jar, origins, server, steps` on real sockets. */
export async function exchangeCase(data: CaseObject): Promise<void> {
  only(data, ['kind', ...sceneKeys, 'settings', 'steps'], 'case');
  const settings = sendSettings(objectOr(data['settings']));
  const scene = new CaseScene({ ...(data as Omit<SceneParts, 'settings'>), settings });
  const running: Running = { scene, settings, labels: new ConnectionLabels(), cleanUp: [] };
  try {
    for (const [index, step] of (data['steps'] as readonly CaseObject[]).entries()) {
      await runStep(step, running).catch((error: Error) => {
        throw new Error(`step ${index + 1}: ${error.message}`, { cause: error });
      });
    }
  } finally {
    for (const undo of running.cleanUp) await undo();
    await scene.close();
  }
}

async function runStep(step: CaseObject, running: Running): Promise<void> {
  const { scene } = running;
  switch (step['op']) {
    case 'send':
      return expectSend(step, await sendStep(step, running), running.labels);
    case 'wait':
      only(step, ['op', 'ms'], 'wait');
      return wait(step['ms'] as number);
    case 'close':
      return closeStep(step, scene);
    case 'saveLoad':
      only(step, ['op'], 'saveLoad');
      return scene.reload();
    case 'parallel':
      return parallelStep(step, scene, running.settings);
    case 'foreign':
      running.cleanUp.push(foreignRequests(step, scene.net));
      return;
    case 'breakGlobalDispatcher':
      running.cleanUp.push(breakGlobalDispatcher());
      return;
    default:
      throw new Error(`unknown op "${String(step['op'])}"`);
  }
}

const sendKeys = ['op', 'request', 'settings', 'env', 'session', 'cancelAfterMs', 'closeAfterMs', 'hookDelayMs'];

/** Sends as a step says; also used by the kinds that are one send. */
export async function sendStep(
  step: CaseObject,
  { scene, settings }: Pick<Running, 'scene' | 'settings'>,
): Promise<SendResult> {
  only(step, [...sendKeys, ...Object.keys(step).filter((key) => key.startsWith('expect'))], 'send');
  scene.waitsPass = step['cancelAfterMs'] === undefined;
  scene.stepEnvironment = (step['env'] as Record<string, string> | undefined) ?? {};
  const own = sendSettings(objectOr(step['settings']), settings);
  const session = scene.session(step['session'] as string | undefined);
  const built = await caseRequest(objectOr(step['request']), session, own, defaultsPart(objectOr(step['settings'])));
  const before = scene.net.arrived.length;
  const waited = scene.waits.length;
  const startedAt = performance.now();
  const result = (exchange: Exchange | undefined, failure: SendResult['failure']): SendResult => ({
    scene,
    session,
    problems: built.problems,
    settings: built.settings,
    failure,
    exchange,
    hops: exchange?.hops ?? [],
    arrived: scene.net.arrived.slice(before),
    waits: scene.waits.slice(waited),
    credentials: { username: '', password: '', ...session.defaults.auth, ...objectOr(authOf(step)) },
    durationMs: performance.now() - startedAt,
  });
  const blocked = own.failure ?? built.failure;
  if (built.request === undefined || blocked !== undefined) return result(undefined, blocked);
  const cancel = new AbortController();
  const timers = [
    after(step['cancelAfterMs'], () => cancel.abort()),
    after(step['closeAfterMs'], () => void session.close()),
  ];
  const exchange = await session.send(built.request, {
    settings: built.settings,
    ...(built.settingsAt && { settingsAt: built.settingsAt }),
    hooks: scene.hooks.of('request'),
    signal: cancel.signal,
    onHop: () => sleepHere(step['hookDelayMs']),
  });
  timers.forEach(clearTimeout);
  return result(exchange, exchange.failure);
}

function authOf(step: CaseObject): unknown {
  return objectOr(step['request'])['auth'] ?? objectOr(step['settings'])['auth'];
}

function after(ms: unknown, act: () => void): NodeJS.Timeout | undefined {
  return typeof ms === 'number' ? setTimeout(act, ms) : undefined;
}

/** Whoever is told about hops is told synchronously: taking long means blocking. */
function sleepHere(ms: unknown): void {
  if (typeof ms === 'number') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function closeStep(step: CaseObject, scene: CaseScene): Promise<void> {
  only(step, ['op', 'session', 'expectOpenSockets'], 'close');
  const session = scene.session(step['session'] as string | undefined);
  await session.close();
  const expected = step['expectOpenSockets'] as number | undefined;
  if (expected === undefined) return;
  assert.equal(session.connections().length, expected, 'open connections of the session');
  for (let waited = 0; waited < 1000 && scene.net.openSockets > expected; waited += 20) await wait(20);
  assert.equal(scene.net.openSockets, expected, 'open sockets at the servers');
}
