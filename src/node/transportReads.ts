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

  tap(socket: Socket): void {
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      for (;;) {
        const chunk = read(size) as Buffer | null;
        if (!chunk) return chunk;
        const rest = this.withoutContinue(chunk);
        if (rest.length > 0) return (this.last = rest);
      }
    };
  }

  private withoutContinue(chunk: Buffer): Buffer {
    let rest = chunk;
    while (this.onContinue && /^HTTP\/1\.[01] 100[ \r]/.test(rest.toString('latin1', 0, 13))) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return rest;
      this.onContinue();
      rest = rest.subarray(end + 4);
    }
    if (rest.length > 0) this.onContinue = undefined;
    return rest;
  }
}
