import { connect, createServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

export interface Closable {
  readonly port: number;
  close(): Promise<void>;
}

/** A port of 127.0.0.1 where nothing listens. */
export async function refusingPort(): Promise<Closable> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return { port, close: () => Promise.resolve() };
}

const listenAndSleep = `
  const { createServer } = require('node:net');
  const { parentPort } = require('node:worker_threads');
  const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000));
  });`;

/**
 * A port whose TCP handshake never ends: its thread sleeps instead of accepting, and its short queue is full. The kernel
 * then leaves every further SYN unanswered.
 */
export async function hangingPort(): Promise<Closable> {
  const worker = new Worker(listenAndSleep, { eval: true });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const fillers = await fillQueue(port);
  return {
    port,
    close: async () => {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}

/** Connects until a connection does not come about. */
async function fillQueue(port: number): Promise<Socket[]> {
  const fillers: Socket[] = [];
  for (let connected = true; connected;) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    fillers.push(socket);
    connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      setTimeout(() => resolve(false), 150).unref();
    });
  }
  return fillers;
}
