import { isHtml, isJson, isXml, parseMediaType, type MediaType } from './mediaType.ts';

/** RFC 2616 3.7.1, which requests keeps to. */
export type TextDefault = 'iso-8859-1';

/** The text of a body and the encoding it was read in, in lower case (`utf-8`, `windows-1252`, `utf-32le`). */
export interface BodyText {
  readonly text: string;
  readonly encoding: string;
}

/**
 * Reads a decoded body as text: byte order mark, else the header's charset, else what the document says of itself (JSON's NUL
 * pattern, XML declaration, HTML meta), else UTF-8 when the bytes are that, else windows-1252 (SESSION S2). Never fails.
 * A last character that is cut in two counts as UTF-8. `textDefault` is the encoding of `text/*` without a charset, where
 * somebody decided on one.
 */
export function decodeBodyText(
  bytes: Uint8Array,
  contentType: string | undefined,
  textDefault?: TextDefault,
): BodyText {
  const mediaType = parseMediaType(contentType);
  const label =
    markOf(bytes) ??
    knownLabel(mediaType?.parameters.get('charset')) ??
    (mediaType?.essence.startsWith('text/') ? textDefault : undefined) ??
    (mediaType && ownLabel(bytes, mediaType));
  return label === undefined ? unlabelled(bytes) : { text: decode(bytes, label), encoding: label };
}

/** Reads a body in the encoding that the user chose; `undefined` for a label that nobody knows. */
export function decodeBodyAs(bytes: Uint8Array, label: string): BodyText | undefined {
  const encoding = label.trim().toLowerCase() === 'iso-8859-1' ? 'iso-8859-1' : knownLabel(label);
  return encoding === undefined ? undefined : { text: decode(bytes, encoding), encoding };
}

/** Nearly always UTF-8, and then read once. */
function unlabelled(bytes: Uint8Array): BodyText {
  try {
    return { text: strictUtf8.decode(bytes), encoding: 'utf-8' };
  } catch {
    const encoding = isUtf8(bytes) ? 'utf-8' : 'windows-1252';
    return { text: decode(bytes, encoding), encoding };
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** UTF-32 begins like UTF-16: it is asked for first. */
function markOf(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'utf-32le' : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32be';
  return undefined;
}

/** The encoding's name for a label in any of its spellings; an unknown label says nothing. */
function knownLabel(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  const lower = label.trim().toLowerCase();
  if (lower === 'utf-32le' || lower === 'utf-32be') return lower;
  try {
    return new TextDecoder(lower).encoding;
  } catch {
    return undefined;
  }
}

/** HTML Standard 13.2.3.2: the first 1024 bytes are looked through. */
const prescanBytes = 1024;

function ownLabel(bytes: Uint8Array, mediaType: MediaType): string | undefined {
  if (isJson(mediaType)) return jsonPattern(bytes);
  if (!isHtml(mediaType) && !isXml(mediaType)) return undefined;
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, prescanBytes));
  const written =
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1] ??
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)?.[1];
  const label = knownLabel(written);
  // What could be read as ASCII is not UTF-16, whatever it says.
  return label?.startsWith('utf-16') ? 'utf-8' : label;
}

/** RFC 4627 3: the first two characters of a JSON text are ASCII, so the NULs among its first four bytes tell the encoding. */
function jsonPattern(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  switch ([...bytes.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('')) {
    case '000x':
      return 'utf-32be';
    case 'x000':
      return 'utf-32le';
    case '0x0x':
      return 'utf-16be';
    case 'x0x0':
      return 'utf-16le';
    default:
      return undefined;
  }
}

/** Also when the last character is cut in two. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array, label: string): string {
  if (label === 'iso-8859-1') return decodeLatin1(bytes);
  if (label === 'utf-32le' || label === 'utf-32be') return decodeUtf32(bytes, label === 'utf-32le');
  return new TextDecoder(label).decode(bytes);
}

/** The web's `iso-8859-1` is windows-1252, which has other characters from 0x80 to 0x9F. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The web's decoders do not know UTF-32. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    const isScalar = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    text += String.fromCodePoint(isScalar ? point : 0xfffd);
  }
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}
