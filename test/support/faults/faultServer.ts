import { createServer, type Server, type Socket } from 'node:net';
import { connectionFaults } from './connectionFaults.ts';
import { codingFaults } from './codingFaults.ts';
import type { Fault } from './fault.ts';
import { framingFaults } from './framingFaults.ts';
import { lineFaults } from './lineFaults.ts';
import { proxyFaults } from './proxyFaults.ts';
import { redirectFaults } from './redirectFaults.ts';
import { tlsFaults } from './tlsFaults.ts';

/** Every way to misbehave, by subject. */
export const faults: Readonly<Record<string, readonly Fault[]>> = {
  connections: connectionFaults,
  framing: framingFaults,
  codings: codingFaults,
  lines: lineFaults,
  redirects: redirectFaults,
  TLS: tlsFaults,
  proxies: proxyFaults,
};

/** One way to misbehave on a loopback port of its own. */
export class FaultServer {
  readonly sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    });
  }

  static async start(serve: Fault['serve'], port = 0): Promise<FaultServer> {
    const server = createServer({ allowHalfOpen: false });
    const started = new FaultServer(server);
    server.on('connection', serve);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
  }
}
