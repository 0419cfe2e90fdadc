/** The bytes as text that encodes to the same bytes again; `undefined` when they are not UTF-8 or hold a NUL, which no argument can. */
export function exactText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
