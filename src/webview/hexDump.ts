export const hexRowBytes = 16;

/** A row of offset, sixteen hexadecimal bytes and their printable ASCII: `00000010  48 69 …  Hi`. */
export function hexRow(bytes: Uint8Array, offset: number): string {
  const row = bytes.subarray(offset, offset + hexRowBytes);
  const pairs = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
  const left = pairs.slice(0, 8).join(' ');
  const right = pairs.slice(8).join(' ');
  const characters = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  return `${offset.toString(16).padStart(8, '0')}  ${left.padEnd(23)}  ${right.padEnd(23)}  ${characters.join('')}`;
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
