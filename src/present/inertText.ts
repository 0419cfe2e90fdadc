/** A server must not drive the terminal: control characters but tab and line feed are shown as their pictures. */
export function inertText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[\0-\b\v-\x1f]/g, (character) => String.fromCodePoint(0x2400 + character.charCodeAt(0)))
    .replace(/[\x7f-\x9f]/g, '\u2421');
}
