/** Text of a body, or `undefined` when the bytes are no text. `cut` says that `bytes` may end in the middle of a character. */
export function bodyText(bytes: Uint8Array, contentType: string | undefined, cut: boolean): string | undefined {
  if (bytes.length === 0) return '';
  const decode = (charset: string): string | undefined => decodeStrictly(bytes, charset, cut);
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== undefined && isBinary(mediaType)) return undefined;
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1];
  const declared = charset === undefined ? undefined : decode(charset);
  if (declared !== undefined) return declared;
  const text = decode(charsetOfMark(bytes) ?? 'utf-8');
  // A body without a type may be anything: a NUL is what text does not hold.
  if (text !== undefined) return mediaType === undefined && text.includes('\0') ? undefined : text;
  // Our choice for old pages without a charset (SESSION S2): what browsers take.
  return mediaType?.startsWith('text/') ? decode('windows-1252') : undefined;
}

/** `text/html` of `Text/HTML; charset=utf-8`; absent when the header is, or holds none. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return mediaType === '' ? undefined : mediaType;
}

function isBinary(mediaType: string): boolean {
  if (/[+/](?:xml|json)$/.test(mediaType)) return false;
  return /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|wasm|protobuf|x-protobuf|x-tar)$/.test(
    mediaType,
  );
}

function decodeStrictly(bytes: Uint8Array, charset: string, cut: boolean): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return undefined;
  }
}

function charsetOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}
