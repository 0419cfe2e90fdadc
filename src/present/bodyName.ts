import { lookup, mimes } from 'mrmime';
import { contentDispositionName } from '../core/http/contentDisposition.ts';
import { mediaTypeOf } from './bodyText.ts';

export interface NamedBody {
  readonly url: string;
  readonly contentDisposition: string | undefined;
  readonly contentType: string | undefined;
}

/**
 * A name for the file that a body is saved to: what Content-Disposition says, else the last part of the URL, with the ending of the media
 * type when it has none. It is a name and no path, and every system takes it: servers may write what they want.
 */
export function bodyFileName({ url, contentDisposition, contentType }: NamedBody): string {
  const given = safeName(contentDispositionName(contentDisposition) ?? '');
  if (given !== '') return given;
  const mediaType = mediaTypeOf(contentType);
  const name = safeName(lastSegment(url));
  // A version or a number behind a dot is no ending: nothing is known by it.
  if (name !== '' && lookup(name) !== undefined && name.includes('.')) return name;
  const ending = endingOf(mediaType);
  return `${name === '' ? 'response' : name}${ending === undefined ? '' : `.${ending}`}`;
}

function lastSegment(url: string): string {
  const segment = /([^/]*)\/*$/.exec(URL.parse(url)?.pathname ?? '')?.[1] ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Of several endings the usual one; types that end in `+json` and the like are read as such. */
function endingOf(mediaType: string | undefined): string | undefined {
  if (mediaType === undefined || mediaType === 'application/octet-stream') return undefined;
  const known = usual[mediaType] ?? Object.keys(mimes).find((ending) => mimes[ending] === mediaType);
  return known ?? /\+(json|xml|yaml|zip)$/.exec(mediaType)?.[1];
}

const usual: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/event-stream': 'txt',
  'text/html': 'html',
  'text/javascript': 'js',
  'application/javascript': 'js',
  'application/xml': 'xml',
  'application/x-ndjson': 'ndjson',
  'application/yaml': 'yaml',
  'application/graphql': 'graphql',
  'image/jpeg': 'jpg',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
};

/** Names that Windows keeps for devices, with any ending. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Bytes of UTF-8 that every file system takes, with room for a number. */
const longestName = 200;

/** Without folders, without characters that a system forbids or that turn a name around, and neither hidden nor a device. */
function safeName(text: string): string {
  const base = text.split(/[/\\]/).at(-1) ?? '';
  const plain = base
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return shortened(devices.test(plain) ? `_${plain}` : plain);
}

/** The ending stays: it says what the file is. */
function shortened(name: string): string {
  const size = (text: string): number => new TextEncoder().encode(text).length;
  if (size(name) <= longestName) return name;
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  let stem = name.slice(0, Math.min(name.length - ending.length, longestName));
  while (size(stem + ending) > longestName) stem = stem.slice(0, -1);
  // Half of a character is none.
  return stem.replace(/[\uD800-\uDBFF]$/, '') + ending;
}
