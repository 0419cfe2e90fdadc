import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface SecretsProxy {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Stands before the server build and answers the one question that it leaves open: `POST /mint-key`, the key for the secrets of
 * extensions, without which they are forgotten on a page reload. Everything else goes through unchanged.
 *
 * @param keyFile where the key rests, so that secrets outlive a restart
 * @param wantedPort taken when it is free; any free one otherwise
 */
export async function startSecretsProxy(port: number, keyFile: string, wantedPort: number): Promise<SecretsProxy> {
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32), { mode: 0o600 });
  const key = readFileSync(keyFile);
  const sockets = new Set<Duplex>();
  const proxy = createServer((incoming, response) => {
    if (incoming.method === 'POST' && incoming.url?.endsWith('/mint-key') === true) response.end(key);
    else forward(incoming, response, port);
  });
  proxy.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket).add(tunnel(incoming, socket, head, port));
  });
  await listen(proxy, wantedPort);
  return {
    origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

function forward(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}

/** A WebSocket: its head is written again as it came, then bytes go both ways. */
function tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer, port: number): Socket {
  const onward = connect(port, '127.0.0.1', () => {
    const lines = incoming.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
    );
    onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
  return onward;
}

async function listen(server: Server, wantedPort: number): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(wantedPort, '127.0.0.1');
  try {
    await listening;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
}
