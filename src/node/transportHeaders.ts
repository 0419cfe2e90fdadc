import type { Dispatcher } from 'undici';
import type { HeaderLine } from '../core/http/headerList.ts';

type RawHeaders = Dispatcher.DispatchController['rawHeaders'];

/** HTTP/1.1 gives buffers in wire order and spelling; HTTP/2 an object in lower case, pseudo-headers included. */
export function headerLines(raw: RawHeaders): HeaderLine[] {
  if (!raw) return [];
  if (Array.isArray(raw)) return pairs(raw);
  return Object.entries(raw)
    .filter(([name, value]) => !name.startsWith(':') && value !== undefined)
    .flatMap(([name, value]) => [value].flat().map((each): HeaderLine => [name, String(each)]));
}

function pairs(flat: readonly (Buffer | string)[]): HeaderLine[] {
  const textOf = textsOf(flat);
  const lines: HeaderLine[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    lines.push([textOf(flat[index]), withoutEndSpace(textOf(flat[index + 1]))]);
  }
  return lines;
}

/** Mostly all are pieces of what was read at once: that is decoded once, because each decoding costs more than its few bytes. */
function textsOf(flat: readonly (Buffer | string)[]): (part: Buffer | string | undefined) => string {
  const [first] = flat;
  const last = flat.at(-1);
  if (!Buffer.isBuffer(first) || !Buffer.isBuffer(last)) return latin1;
  const { buffer, byteOffset } = first;
  const end = last.byteOffset + last.length;
  if (last.buffer !== buffer || end < byteOffset || end - byteOffset > mostAtOnce) return latin1;
  const whole = Buffer.from(buffer, byteOffset, end - byteOffset).toString('latin1');
  return (part) => {
    if (!Buffer.isBuffer(part) || part.buffer !== buffer) return latin1(part);
    const start = part.byteOffset - byteOffset;
    return start < 0 || start + part.length > whole.length ? latin1(part) : whole.slice(start, start + part.length);
  };
}

/** Small buffers of different moments may share memory far apart. */
const mostAtOnce = 64 * 1024;

/** RFC 9112 5.1: white space around the value is not part of it; the parser leaves what follows. Linear, as servers choose the text. */
function withoutEndSpace(value: string): string {
  let end = value.length;
  while (end > 0 && (value[end - 1] === ' ' || value[end - 1] === '\t')) end--;
  return end === value.length ? value : value.slice(0, end);
}

function latin1(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}

const pseudoOrder = [':method', ':scheme', ':authority', ':path'];

/** RFC 9113 8.3: pseudo-headers come first; in the block that undici reports they come last. */
export function pseudoFirst(text: string): string {
  const lines = text.split('\r\n').filter((line) => line !== '');
  const rank = (line: string) => {
    const index = pseudoOrder.findIndex((name) => line.startsWith(`${name}: `));
    return index < 0 ? pseudoOrder.length : index;
  };
  return lines
    .toSorted((left, right) => rank(left) - rank(right))
    .map((line) => `${line}\r\n`)
    .join('');
}

/** UTF-8 where the bytes are that, else Latin-1 (SESSION S6). undici decodes as UTF-8 alone, so the rest is read from the first bytes. */
export function reasonText(decoded: string | undefined, status: number, firstBytes: Buffer | undefined): string {
  if (!decoded?.includes('\ufffd')) return decoded ?? '';
  const lines = firstBytes?.toString('latin1').split('\r\n') ?? [];
  const line = lines.find((each) => new RegExp(`^HTTP/1\\.\\d ${status} `).test(each));
  return line?.slice('HTTP/1.1 200 '.length) ?? decoded;
}
