/** A file's text without its byte order mark, and how it was encoded. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be';
}

/**
 * Decodes a request file. A byte order mark decides; without one the file is UTF-8, nothing else is guessed (GRAMMAR section 4).
 * Bytes that are no UTF-8 become U+FFFD, so that the rest of the file stays usable.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
  return { text: new TextDecoder(label).decode(bytes), encoding };
}

function encodingOf(bytes: Uint8Array): DecodedText['encoding'] {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8-bom';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
