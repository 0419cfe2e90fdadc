import assert from 'node:assert/strict';
import type { Socket } from 'node:net';

/** Over a whole case the same number means the same socket, and another number another one. */
export class ConnectionLabels {
  readonly #sockets = new Map<number, Socket>();

  check(label: number, socket: Socket, where: string): void {
    const known = this.#sockets.get(label);
    if (known !== undefined) return assert.ok(known === socket, `${where}: connection ${label} is another socket`);
    for (const [other, used] of this.#sockets) {
      assert.ok(used !== socket, `${where}: connection ${label} is the socket of connection ${other}`);
    }
    this.#sockets.set(label, socket);
  }
}
