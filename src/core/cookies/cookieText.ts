/** A cookie value as text: its bytes read as UTF-8, or `undefined` when they are not. */
export function cookieText(value: string): string | undefined {
  const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text that a user wrote as the bytes of a cookie in UTF-8, one character a byte: for example `Ã©` for `é`. */
export function cookieBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
