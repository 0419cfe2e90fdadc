import type { Socket } from 'node:net';

/** Reads what a proxy says on a socket before the connection is ours, and leaves everything behind that in the socket. */
export class HandshakeInput {
  private readonly socket: Socket;
  private rest = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Exactly so many bytes; `undefined` when the other side closed before. */
  async take(length: number): Promise<Buffer | undefined> {
    while (this.rest.length < length) if (!(await this.more())) return undefined;
    return this.cut(length);
  }

  /** All until `end`, without it; `undefined` when the other side closed before, or `limit` was reached. */
  async until(end: string, limit: number): Promise<string | undefined> {
    for (;;) {
      const at = this.rest.indexOf(end);
      if (at >= 0) return this.cut(at + end.length).toString('latin1', 0, at);
      if (this.rest.length > limit || !(await this.more())) return undefined;
    }
  }

  /** More than `limit` bytes came without what was looked for. */
  isBeyond(limit: number): boolean {
    return this.rest.length > limit;
  }

  /** All until the other side closes, or until `limit`. */
  async untilClosed(limit: number): Promise<Buffer> {
    while (this.rest.length < limit && (await this.more()));
    return this.cut(Math.min(limit, this.rest.length));
  }

  /** What has come and was not taken. */
  soFar(limit: number): Buffer {
    return this.cut(Math.min(limit, this.rest.length));
  }

  /** Gives back what was read too far. */
  end(): void {
    if (this.rest.length > 0) this.socket.unshift(this.rest);
    this.rest = Buffer.alloc(0);
  }

  private cut(length: number): Buffer {
    const bytes = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return bytes;
  }

  private async more(): Promise<boolean> {
    for (;;) {
      const chunk = this.socket.read() as Buffer | null;
      if (chunk) this.rest = Buffer.concat([this.rest, chunk]);
      if (chunk) return true;
      if (this.socket.destroyed || this.socket.readableEnded) return false;
      await this.change();
    }
  }

  private change(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const events = ['readable', 'end', 'close'];
    for (const event of events) this.socket.once(event, resolve);
    return promise.finally(() => {
      for (const event of events) this.socket.off(event, resolve);
    });
  }
}
