/** Bytes of a row. */
export const hexRowBytes = 16;

const firstByte = 10;
const firstCharacter = 60;

/** A row of offset, sixteen hexadecimal bytes and their printable ASCII: `00000010  48 69 …  Hi`. */
export function hexRow(row: Uint8Array, offset: number): string {
  const pairs = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
  const left = pairs.slice(0, 8).join(' ');
  const right = pairs.slice(8).join(' ');
  const characters = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  return `${offset.toString(16).padStart(8, '0')}  ${left.padEnd(23)}  ${right.padEnd(23)}  ${characters.join('')}`;
}

/** Where the bytes `from` to `to` of a row stand in it: begin and end of their numbers, and of their characters. */
export function hexColumns(from: number, to: number): readonly (readonly [start: number, end: number])[] {
  return [
    [pairColumn(from), pairColumn(to - 1) + 2],
    [firstCharacter + from, firstCharacter + to],
  ];
}

/** The byte of a row at a column, or the next one behind it; up to sixteen. */
export function byteAtColumn(column: number): number {
  if (column >= firstCharacter) return Math.min(column - firstCharacter, hexRowBytes);
  for (let index = 0; index < hexRowBytes; index++) if (pairColumn(index) + 2 > column) return index;
  return hexRowBytes;
}

function pairColumn(index: number): number {
  return firstByte + 3 * index + (index >= 8 ? 1 : 0);
}
