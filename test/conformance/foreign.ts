import { Agent, Dispatcher, getGlobalDispatcher, request, setGlobalDispatcher } from 'undici';
import { type CaseObject, only } from './caseFile.ts';
import type { LoopbackNet } from './wire/loopbackNet.ts';

/** Another user of undici in the same process: its events must never get into our records. Returns what ends it. */
export function foreignRequests(step: CaseObject, net: LoopbackNet): () => Promise<void> {
  only(step, ['op', 'count', 'url'], 'foreign');
  const url = new URL(step['url'] as string);
  const ending = new AbortController();
  const agent = net.connectTo(url.hostname, Number(url.port || 80)).then(({ host, port }) => ({
    agent: new Agent(),
    target: `http://${host}:${port}${url.pathname}`,
  }));
  const running = Array.from({ length: step['count'] as number }, async () => {
    const { agent: dispatcher, target } = await agent;
    while (!ending.signal.aborted) {
      await request(target, { dispatcher, headers: { 'x-foreign': '1' } }).then(({ body }) => body.dump());
    }
  });
  return async () => {
    ending.abort();
    await Promise.allSettled(running);
    await (await agent).agent.destroy();
  };
}

class BrokenDispatcher extends Dispatcher {
  override dispatch(): boolean {
    throw new Error('the global dispatcher was used');
  }
}

/** Puts a dispatcher that always fails at undici's global place. Returns what puts the old one back. */
export function breakGlobalDispatcher(): () => Promise<void> {
  const before = getGlobalDispatcher();
  setGlobalDispatcher(new BrokenDispatcher());
  return () => Promise.resolve(setGlobalDispatcher(before));
}
