import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { after } from 'node:test';
import type { Session } from '../../src/core/session/session.ts';
import { peerSession } from './peerClient.ts';

export interface Listening {
  readonly port: number;
  readonly environment: NodeJS.ProcessEnv;
}

/** What a suite starts and opens; all of it is gone when the suite has ended. Made in the body of the suite. */
export class PeerScope {
  readonly #undo: (() => Promise<unknown> | void)[] = [];

  constructor() {
    after(async () => {
      for (const undo of this.#undo.toReversed()) await undo();
    });
  }

  ends(undo: () => void): void {
    this.#undo.push(undo);
  }

  session(ca: readonly string[] = []): Session {
    const session = peerSession(ca);
    this.#undo.push(() => session.close());
    return session;
  }

  folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'crumbtrail-peer-'));
    this.#undo.push(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
    return path;
  }

  /** Starts a program that listens on `port`, and resolves when it does. */
  async start(program: string, args: readonly string[], { port, environment }: Listening): Promise<void> {
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
    let ended: string | undefined;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code) => (ended = `it ended with ${code}`));
    this.#undo.push(async () => {
      if (ended !== undefined) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    });
    const limit = performance.now() + 20_000;
    while (!(await accepts(port))) {
      if (ended !== undefined) throw new Error(`${program}: ${ended}: ${said.slice(-2000)}`);
      if (performance.now() > limit) throw new Error(`${program} does not listen on ${port}: ${said.slice(-2000)}`);
      await wait(20);
    }
  }
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function accepts(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
