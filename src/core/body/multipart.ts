/** A part of a multipart body (RFC 2046 5.1): its header lines in order, and its content. */
export interface MultipartPart {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bytes: Uint8Array;
}

/** Our choice: more parts than this nobody looks through. */
const maxParts = 500;

/** The parts between the delimiters; `undefined` when there is no delimiter. A body that was cut ends its last part. */
export function multipartParts(bytes: Uint8Array, boundary: string): readonly MultipartPart[] | undefined {
  // windows-1252 has a character for every byte, so that places in the text are places in the bytes.
  const text = new TextDecoder('windows-1252').decode(bytes);
  const delimiters = delimitersIn(text, new TextDecoder('windows-1252').decode(new TextEncoder().encode(boundary)));
  if (boundary === '' || delimiters.length === 0) return undefined;
  const parts: MultipartPart[] = [];
  for (const [index, { end, isLast }] of delimiters.entries()) {
    if (isLast || parts.length === maxParts) break;
    parts.push(partOf(text, bytes, end, delimiters[index + 1]?.start ?? bytes.length));
  }
  return parts;
}

interface Delimiter {
  /** Where the content before it ends: at the line break that belongs to the delimiter. */
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
}

function delimitersIn(text: string, boundary: string): Delimiter[] {
  const found: Delimiter[] = [];
  const dashed = `--${boundary}`;
  for (let at = text.indexOf(dashed); at >= 0; at = text.indexOf(dashed, at + dashed.length)) {
    const after = text.slice(at + dashed.length, at + dashed.length + 100);
    const rest = /^(--)?[ \t]*(?:\r?\n|$)/.exec(after);
    if ((at > 0 && text.charAt(at - 1) !== '\n') || !rest) continue;
    const start = text.charAt(at - 2) === '\r' ? at - 2 : at - 1;
    found.push({ start: Math.max(0, start), end: at + dashed.length + rest[0].length, isLast: rest[1] !== undefined });
  }
  return found;
}

function partOf(text: string, bytes: Uint8Array, start: number, end: number): MultipartPart {
  const blank = /^(?:\r?\n)|\r?\n\r?\n/.exec(text.slice(start, end));
  const head = blank ? text.slice(start, start + blank.index) : '';
  const content = blank ? start + blank.index + blank[0].length : start;
  return { headers: headerLines(utf8(head)), bytes: bytes.subarray(Math.min(content, end), end) };
}

/** File names come as UTF-8, whatever the standard says (RFC 7578 5.1). */
function utf8(text: string): string {
  const bytes = Uint8Array.from(text, (character) => windows1252.indexOf(character));
  return new TextDecoder().decode(bytes);
}

const windows1252 = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));

function headerLines(head: string): [string, string][] {
  const unfolded = head.replaceAll(/\r?\n[ \t]+/g, ' ');
  return unfolded.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as [string, string]] : [];
  });
}
