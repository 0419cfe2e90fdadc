/** An IP address as its bytes: 4, or 16. An IPv4 address mapped into IPv6 (RFC 4291 2.5.5.2) is the IPv4 address it stands for. */
export type AddressBytes = readonly number[];

/** Bytes of a canonical host of a URL (`127.0.0.1`, `[::1]` or `::1`); `undefined` when it is a name. */
export function addressBytes(host: string): AddressBytes | undefined {
  const bytes = host.includes(':') ? ipv6Bytes(host.replace(/^\[|\]$/g, '')) : ipv4Bytes(host);
  return bytes && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** True when the first `length` bits of both are the same; addresses of different families never are. */
export function sharesPrefix(a: AddressBytes, b: AddressBytes, length: number): boolean {
  if (a.length !== b.length || length > a.length * 8) return false;
  return a.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    return byte >> (8 - bits) === (b[index] ?? 0) >> (8 - bits);
  });
}

/**
 * Network and prefix length of `10.0.0.0/8` or `fd00::/8`; `undefined` for anything else, a dotted netmask included.
 * The prefix of a mapped network is counted in the IPv4 address.
 */
export function networkOf(entry: string): { readonly bytes: AddressBytes; readonly length: number } | undefined {
  const [, address = '', digits = ''] = /^(\S+)\/(\d{1,3})$/.exec(entry) ?? [];
  const bytes = addressBytes(canonicalHost(address) ?? address);
  const isMappedText = bytes?.length === 4 && address.includes(':');
  const length = Number(digits) - (isMappedText ? 96 : 0);
  if (bytes === undefined || digits === '' || length < 0 || length > bytes.length * 8) return undefined;
  return { bytes, length };
}

/**
 * A host as the parser of URLs writes it, so that a list and a URL are compared in one form: lower case, Punycode, short forms
 * of addresses written out. Without brackets and final dot; `undefined` when it is no host.
 */
export function canonicalHost(text: string): string | undefined {
  const bare = text.replace(/^\[|\]$/g, '');
  if (/[/?#@\\]/.test(bare)) return undefined;
  const url = URL.parse(bare.includes(':') ? `http://[${bare}]/` : `http://${bare}/`);
  return url?.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function ipv4Bytes(host: string): number[] | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return undefined;
  const bytes = host.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** The text is canonical: hexadecimal groups and at most one `::`. */
function ipv6Bytes(host: string): number[] | undefined {
  const [before = '', after] = host.split('::');
  const head = groupsOf(before);
  const tail = groupsOf(after ?? '');
  const missing = 8 - head.length - tail.length;
  if (after === undefined ? missing !== 0 : missing < 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return groups.every((group) => group >= 0) ? groups.flatMap((group) => [group >> 8, group & 0xff]) : undefined;
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : -1));
}

function isMapped(bytes: AddressBytes): boolean {
  return (
    bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
  );
}
