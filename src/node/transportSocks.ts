import { isIP, type LookupFunction, type Socket } from 'node:net';
import { lookup as systemLookup } from 'node:dns';
import { addressBytes } from '../core/http/proxy/address.ts';
import type { ProxyRoute } from '../core/http/proxy/proxyRoute.ts';
import { HandshakeInput } from './transportHandshake.ts';
import { ProxyRefusal } from './transportTunnel.ts';

export interface SocksTarget {
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Asks a SOCKS5 proxy for a connection (RFC 1928; user and password by RFC 1929). Afterwards the socket leads to `target`. With
 * `socks5` the name is looked up here, with `socks5h` by the proxy.
 */
export async function socksThrough(
  socket: Socket,
  proxy: ProxyRoute,
  target: SocksTarget,
  lookup: LookupFunction | undefined,
): Promise<void> {
  const input = new HandshakeInput(socket);
  await agreeOnMethod(socket, input, proxy);
  const host = proxy.kind === 'socks5' && isIP(target.host) === 0 ? await addressOf(target.host, lookup) : target.host;
  socket.write(Buffer.from([5, 1, 0, ...destination(host), target.port >> 8, target.port & 0xff]));
  const [, reply = 1, , kind = 1] = await taken(input, 4);
  if (reply !== 0) throw new ProxyRefusal(replies[reply] ?? `it answered with the SOCKS code ${reply}`);
  // The address that the proxy speaks from, of no use here.
  const length = kind === 3 ? ((await taken(input, 1))[0] ?? 0) : kind === 4 ? 16 : 4;
  await taken(input, length + 2);
  input.end();
}

/** RFC 1928 section 3: no authentication, or user and password when there are any. */
async function agreeOnMethod(socket: Socket, input: HandshakeInput, { user }: ProxyRoute): Promise<void> {
  socket.write(Buffer.from(user ? [5, 2, 0, 2] : [5, 1, 0]));
  const [version, method] = await taken(input, 2);
  if (version !== 5) throw new ProxyRefusal('what it answers is not SOCKS5');
  if (method === 0) return;
  if (method !== 2 || !user) throw new ProxyRefusal(`SOCKS5 method ${method}`, { wantsAuth: true });
  const name = Buffer.from(user.name).subarray(0, 255);
  const password = Buffer.from(user.password).subarray(0, 255);
  socket.write(Buffer.from([1, name.length, ...name, password.length, ...password]));
  const [, status] = await taken(input, 2);
  if (status !== 0) throw new ProxyRefusal(`SOCKS5 status ${status}`, { wantsAuth: true });
}

/** RFC 1928 section 6. */
const replies: Readonly<Record<number, string>> = {
  1: 'it reports a failure of its own',
  2: 'its rules do not allow this destination',
  3: 'it cannot reach the network of the destination',
  4: 'it cannot reach the host',
  5: 'the destination refused the connection',
  6: 'the connection took too long',
  7: 'it does not know the command',
  8: 'it does not know this kind of address',
};

/** Type and address as RFC 1928 section 5 has them: IPv4, name, IPv6. */
function destination(host: string): number[] {
  const name = Buffer.from(host).subarray(0, 255);
  if (isIP(host) === 0) return [3, name.length, ...name];
  const bytes = addressBytes(URL.parse(`http://[${host}]/`)?.hostname ?? host) ?? [];
  return [bytes.length === 4 ? 1 : 4, ...bytes];
}

function addressOf(name: string, lookup: LookupFunction = systemLookup): Promise<string> {
  return new Promise((resolve, reject) => {
    lookup(name, { all: false }, (error, address) => {
      if (error) reject(error);
      else resolve(Array.isArray(address) ? (address[0]?.address ?? '') : address);
    });
  });
}

async function taken(input: HandshakeInput, length: number): Promise<Buffer> {
  const bytes = await input.take(length);
  if (!bytes) throw new ProxyRefusal('it closed the connection during the SOCKS handshake');
  return bytes;
}
