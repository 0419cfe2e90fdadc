export type EncodedText =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string };

/** Text as bytes in one of the encodings of `# @encoding`: UTF-8 (the default), Latin-1, ASCII and UTF-16. */
export function encodeText(text: string, encoding: string | undefined): EncodedText {
  switch (encoding?.toLowerCase().replace(/[-_]/g, '') ?? 'utf8') {
    case 'utf8':
      return { ok: true, bytes: new TextEncoder().encode(text) };
    case 'latin1':
    case 'binary':
    case 'iso88591':
      return narrow(text, 0xff, 'Latin-1');
    case 'ascii':
    case 'usascii':
      return narrow(text, 0x7f, 'ASCII');
    case 'utf16le':
    case 'ucs2':
      return { ok: true, bytes: utf16(text, true) };
    case 'utf16be':
      return { ok: true, bytes: utf16(text, false) };
    default:
      return {
        ok: false,
        message: `"${encoding}" is not an encoding that can be written. Use utf-8, latin1, ascii or utf-16le.`,
      };
  }
}

/** Bytes as text; `undefined` for an encoding that nobody knows. */
export function decodeText(bytes: Uint8Array, encoding: string | undefined): string | undefined {
  try {
    return new TextDecoder(encoding ?? 'utf-8').decode(bytes);
  } catch {
    return undefined;
  }
}

function narrow(text: string, highest: number, name: string): EncodedText {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > highest) {
      const character = String.fromCodePoint(text.codePointAt(index) ?? code);
      return {
        ok: false,
        message: `"${character}" cannot be written in ${name}. Take it out, or use "# @encoding utf-8".`,
      };
    }
    bytes[index] = code;
  }
  return { ok: true, bytes };
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}
