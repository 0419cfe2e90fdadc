import { addressBytes, canonicalHost, networkOf, sharesPrefix } from './address.ts';

/**
 * True when a list in the form of `NO_PROXY` names the host of `url`: names with everything below them, `.name` the same,
 * `*.name` only what is below, addresses, networks (`10.0.0.0/8`, `fd00::/8`), each with a port if it shall hold for that port
 * alone, and `*` for every host. Commas and blanks separate entries (the table of SESSION 1.7).
 */
export function bypassesProxy(url: URL, list: string): boolean {
  const host = canonicalHost(url.hostname);
  if (host === undefined) return false;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || names(entry.toLowerCase(), host, port));
}

function names(entry: string, host: string, port: string): boolean {
  const address = addressBytes(host);
  const network = networkOf(entry);
  if (network) return address !== undefined && sharesPrefix(address, network.bytes, network.length);
  const { name, port: wantedPort } = hostAndPort(entry);
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const isBelowOnly = name.startsWith('*.');
  const wanted = canonicalHost(name.replace(/^\*?\./, ''));
  if (wanted === undefined) return false;
  const wantedAddress = addressBytes(wanted);
  // Digits are no labels: 1 is not the end of 10.0.0.1, nor 10.0.0.1 the start of 10.0.0.10.
  if (address || wantedAddress) return isSameAddress(address, wantedAddress);
  return host.endsWith(`.${wanted}`) || (!isBelowOnly && host === wanted);
}

function isSameAddress(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a !== undefined && b !== undefined && sharesPrefix(a, b, a.length * 8);
}

/** A port stands behind the only colon, or behind the bracket of an IPv6 address. */
function hostAndPort(entry: string): { readonly name: string; readonly port: string | undefined } {
  const [, name, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  return name === undefined ? { name: entry, port: undefined } : { name, port: String(Number(port)) };
}
