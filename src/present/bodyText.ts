import { decodeBodyText, type TextDefault } from '../core/http/bodyText.ts';
import { isText, parseMediaType, type MediaType } from '../core/http/mediaType.ts';

/** Text of a body, or `undefined` when the bytes are no text. `cut` says that `bytes` may end in the middle of a character. */
export function bodyText(
  bytes: Uint8Array,
  contentType: string | undefined,
  cut: boolean,
  textDefault?: TextDefault,
): string | undefined {
  if (bytes.length === 0) return '';
  const mediaType = parseMediaType(contentType);
  if (mediaType && !isText(mediaType) && isBinary(mediaType)) return undefined;
  if (!mediaType || !isText(mediaType)) return unmarkedText(bytes, cut);
  const { text } = decodeBodyText(bytes, contentType, textDefault);
  return cut ? text.replace(/\uFFFD$/, '') : text;
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

/** A body of a type that says nothing may be anything: UTF-8 without a NUL is taken as text. */
function unmarkedText(bytes: Uint8Array, cut: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
