import { decodeBodyText, type BodyText, type TextDefault } from '../core/http/bodyText.ts';
import { isText, parseMediaType, type MediaType } from '../core/http/mediaType.ts';

/** Text of a body, or `undefined` when the bytes are no text. `cut` says that `bytes` may end in the middle of a character. */
export function bodyText(
  bytes: Uint8Array,
  contentType: string | undefined,
  cut: boolean,
  textDefault?: TextDefault,
): string | undefined {
  return readBodyText(bytes, contentType, cut, textDefault)?.text;
}

/** A body as text, and whether it is all that: bytes that the encoding has no character for became U+FFFD. */
export interface ReadBodyText extends BodyText {
  readonly flawed?: true;
}

/** The same with the encoding that it was read in. */
export function readBodyText(
  bytes: Uint8Array,
  contentType: string | undefined,
  cut: boolean,
  textDefault?: TextDefault,
): ReadBodyText | undefined {
  if (bytes.length === 0) return { text: '', encoding: 'utf-8' };
  const mediaType = parseMediaType(contentType);
  if (mediaType && !isText(mediaType) && isBinary(mediaType)) return undefined;
  if (!mediaType || !isText(mediaType)) return unmarkedText(bytes, cut);
  const { text, encoding } = decodeBodyText(bytes, contentType, textDefault);
  const whole = cut ? text.replace(/\uFFFD$/, '') : text;
  return { text: whole, encoding, ...(whole.includes('\uFFFD') && isFlawed(bytes, encoding, cut) && { flawed: true }) };
}

/** Said where such a text is shown: what is not said is taken for what the server sent. */
export function flawWords(encoding: string): string {
  return `This is not valid ${encoding.toUpperCase()}: bytes that stand for no character are shown as \uFFFD.`;
}

/** A server may well send the character U+FFFD itself. */
function isFlawed(bytes: Uint8Array, encoding: string, cut: boolean): boolean {
  // Nobody but this program decodes UTF-32.
  if (encoding.startsWith('utf-32')) return false;
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut });
    return false;
  } catch {
    return true;
  }
}

/** `text/html` of `Text/HTML; charset=utf-8`; absent when the header is, or holds none. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return parseMediaType(contentType)?.essence;
}

function isBinary({ essence }: MediaType): boolean {
  return (
    /^(?:image|audio|video|font)\//.test(essence) ||
    /^application\/(?:octet-stream|pdf|zip|gzip|wasm|(?:x-)?protobuf|x-tar|grpc)$/.test(essence)
  );
}

/** A body of a type that says nothing may be anything: UTF-8 without a NUL is taken as text, and so is UTF-16 that says so. */
function unmarkedText(bytes: Uint8Array, cut: boolean): BodyText | undefined {
  const encoding = utf16Mark(bytes) ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut });
    return text.includes('\0') ? undefined : { text, encoding };
  } catch {
    return undefined;
  }
}

function utf16Mark([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
