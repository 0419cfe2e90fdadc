/** Base64 of bytes, in slices, because a call takes only so many arguments. */
export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}

/** Base64 of a text as UTF-8. */
export function base64OfText(text: string): string {
  return base64Of(new TextEncoder().encode(text));
}
