import { Worker } from 'node:worker_threads';

const code = `
  const { parentPort } = require('node:worker_threads');
  parentPort.postMessage(require('node:tls').getCACertificates('system'));`;

let asked: Promise<readonly string[]> | undefined;

/**
 * CA certificates of the operating system as PEM, read once a process and in a thread of its own: the call blocks for some 30 ms,
 * and on macOS for as long as the keychain likes. A system without a store that can be read has none.
 */
export function systemRoots(): Promise<readonly string[]> {
  return (asked ??= readInThread().catch(() => []));
}

function readInThread(): Promise<readonly string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
  const worker = new Worker(code, { eval: true });
  worker.once('message', resolve).once('error', reject);
  worker.once('exit', () => reject(new Error('The thread ended without an answer.')));
  return promise;
}
