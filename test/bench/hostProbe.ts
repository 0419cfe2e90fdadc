import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** What the extension host of a server says of itself while a bench runs. */
export interface HostProbe {
  /** Begins to measure anew. */
  reset(): Promise<void>;
  read(): Promise<HostState>;
  close(): void;
}

export interface HostState {
  /** The longest wait of the event loop, in milliseconds. */
  readonly delayMs: number;
  /** Bytes of the process, its threads included: now, and the most since the reset. */
  readonly rss: number;
  readonly most: number;
}

/** Node's own port for a debugger that comes later. */
const inspector = 'http://127.0.0.1:9229/json';

const begin = `globalThis.crumbtrailProbe ??= (() => {
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const probe = { most: 0, read: () => ({ delayMs: delay.max / 1e6, rss: process.memoryUsage.rss(), most: probe.most }) };
  probe.reset = () => { delay.reset(); probe.most = 0; };
  setInterval(() => (probe.most = Math.max(probe.most, process.memoryUsage.rss())), 50).unref();
  return probe;
})(); 0`;

/** Looks into the extension host whose environment holds `mark`, through Node's inspector. */
export async function probeHost(mark: string): Promise<HostProbe> {
  process.kill(hostWith(mark), 'SIGUSR1');
  const socket = new WebSocket(await debuggerUrl());
  await once(socket, 'open');
  let last = 0;
  const evaluate = async (expression: string): Promise<string> => {
    const id = ++last;
    const answer = new Promise<string>((resolve) => {
      const listen = ({ data }: MessageEvent<string>): void => {
        const said = JSON.parse(data) as { id?: number; result?: { result?: { value?: unknown } } };
        if (said.id !== id) return;
        socket.removeEventListener('message', listen);
        resolve(String(said.result?.result?.value));
      };
      socket.addEventListener('message', listen);
    });
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }));
    return answer;
  };
  await evaluate(begin);
  return {
    reset: async () => void (await evaluate('globalThis.gc?.(); crumbtrailProbe.reset(); 0')),
    read: async () => JSON.parse(await evaluate('JSON.stringify(crumbtrailProbe.read())')) as HostState,
    close: () => socket.close(),
  };
}

function hostWith(mark: string): number {
  const found = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    return (
      contentOf(`/proc/${pid}/cmdline`).includes('extensionHost') && contentOf(`/proc/${pid}/environ`).includes(mark)
    );
  });
  if (found === undefined) throw new Error('The extension host was not found among the processes.');
  return Number(found);
}

/** Processes of others, and those that have just ended, say nothing. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

async function debuggerUrl(): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const list = await fetch(inspector).then(
      (response) => response.json() as Promise<{ webSocketDebuggerUrl: string }[]>,
      () => [],
    );
    const [first] = list;
    if (first) return first.webSocketDebuggerUrl;
    await delay(50);
  }
  throw new Error('The inspector of the extension host does not answer on its port.');
}
