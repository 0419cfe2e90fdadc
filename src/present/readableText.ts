import { decodeBodyText } from '../core/http/bodyText.ts';
import { isText, parseMediaType } from '../core/http/mediaType.ts';

/**
 * The text of a body, or `undefined` when it is not meant to be read. What the type calls text is read in whatever encoding it has;
 * what the type does not tell (`application/octet-stream` and none at all included) is text when it is Unicode without control characters.
 * `cut` says that the bytes may end in the middle of a character.
 */
export function readableText(bytes: Uint8Array, contentType: string | undefined, cut: boolean): string | undefined {
  const mediaType = parseMediaType(contentType);
  if (mediaType !== undefined && !isText(mediaType) && isMedia.test(mediaType.essence)) return undefined;
  const { text, encoding } = decodeBodyText(bytes, contentType);
  const isTold = mediaType !== undefined && isText(mediaType);
  if (!isTold && (encoding === 'windows-1252' || controls.test(text))) return undefined;
  return cut ? text.replace(/\ufffd$/, '') : text;
}

/** Short files of these may be valid UTF-8 by chance. */
const isMedia = /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|gzip|wasm)$/;

/** All of C0 but white space and ESC, which logs of terminals hold. */
const controls = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;
