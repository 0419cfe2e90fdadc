import type { Socket } from 'node:net';

/**
 * Looks at what undici reads from a socket. It keeps the bytes of a broken response to itself, so the last piece read is
 * remembered to be shown; and it gives up on a 100 that nobody asked for, which a client must take (RFC 9110 15.2.1), so those
 * are taken out here.
 */
export class TransportReads {
  /** The bytes handed to the parser last: what is shown of a response that cannot be parsed. */
  last: Buffer | undefined;
  /** Told of each `100 Continue`, until the response begins. */
  onContinue: (() => void) | undefined;
  /**
   * Bytes that may still come before there is a head, or more of a body: nobody else counts reasons, empty lines, interim responses,
   * chunk extensions and trailers without end.
   */
  room = Infinity;
  /** Told once when there is no room any more, after what is read has been parsed. */
  onFlood: (() => void) | undefined;
  private held: Buffer | undefined;

  tap(socket: Socket): void {
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      for (;;) {
        const chunk = read(size) as Buffer | null;
        if (!chunk) return chunk;
        this.room -= chunk.length;
        if (this.room < 0) this.flooded();
        const rest = this.withoutContinue(chunk);
        if (rest.length > 0) return (this.last = rest);
      }
    };
  }

  private flooded(): void {
    const tell = this.onFlood;
    this.onFlood = undefined;
    if (tell) queueMicrotask(tell);
  }

  /** A 100 that has not come whole is kept back until it has: the parser would refuse its second half. */
  private withoutContinue(chunk: Buffer): Buffer {
    if (!this.onContinue) return chunk;
    let rest = this.held ? Buffer.concat([this.held, chunk]) : chunk;
    this.held = undefined;
    while (mayBeContinue(rest)) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) {
        this.held = rest;
        return rest.subarray(rest.length);
      }
      this.onContinue();
      rest = rest.subarray(end + 4);
    }
    if (rest.length > 0) this.onContinue = undefined;
    return rest;
  }
}

/** It begins as a 100 does, as far as it goes. */
function mayBeContinue(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 13);
  return start !== '' && (/^HTTP\/1\.[01] 100[ \r]/.test(start) || 'HTTP/1.1 100 '.startsWith(start));
}
