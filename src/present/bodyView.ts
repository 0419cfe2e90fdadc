import { multipartParts, type MultipartPart } from '../core/body/multipart.ts';
import { prettyText, type PrettyFormat } from '../core/body/prettyText.ts';
import { decodeBodyAs } from '../core/http/bodyText.ts';
import { firstHeader } from '../core/http/headerList.ts';
import { parseMediaType } from '../core/http/mediaType.ts';
import type { ResponseHead, WireResponse } from '../core/http/transport.ts';
import { base64Of } from '../core/text/base64.ts';
import type { BodyView, ExchangeView, PartView } from '../protocol/exchangeView.ts';
import { isPicture, isPlayable, prettyFormat, textKind } from './bodyKind.ts';
import { flawWords, mediaTypeOf, readBodyText, type ReadBodyText } from './bodyText.ts';
import { sizeWords } from '../core/text/sizeWords.ts';

export interface BodyViewOptions {
  /** Bytes of text that the view takes at most. */
  readonly textLimit: number;
  /** Re-indented text made elsewhere (by the worker); `undefined` re-indents here when the text is short. */
  readonly pretty?: string | undefined;
  /** The encoding that the user chose. */
  readonly encoding?: string | undefined;
}

/** Our choice: what the viewer scrolls smoothly, and a message that is posted in a moment. */
export const textLimits = { lastHop: 4 * 1024 * 1024, otherHop: 256 * 1024 } as const;

/** Of a body in a file the first screen: the view asks for the rest. */
const firstScreen = 16 * 1024;
/** Pictures, sound and film are shown whole or not at all. */
const wholeLimit = 8 * 1024 * 1024;
/** Re-indenting more than this takes longer than a frame: the worker does it. */
const prettyHereLimit = 128 * 1024;
/** Our choice: parts within parts within parts are shown as bytes. */
const maxPartDepth = 3;

/** A response body as the Body tab shows it, cut to size; what was cut is said in words. */
export function bodyView(response: WireResponse, options: BodyViewOptions): BodyView {
  return viewOf({ ...response.body, contentType: firstHeader(response.headers, 'content-type') }, options, 0);
}

/** The first lines of a text of which the rest is still to come; `undefined` of anything else. */
export function beginningView(head: ResponseHead, bytes: Uint8Array): TextBody | undefined {
  const facts = { bytes, wireBytes: bytes.length, decodedBytes: bytes.length, truncated: true };
  // As of a body in a file, so that it looks as it will when it is all there.
  const stored = { id: '', size: bytes.length };
  const contentType = firstHeader(head.headers, 'content-type');
  const view = viewOf({ ...facts, stored, contentType }, { textLimit: bytes.length }, maxPartDepth);
  return view.kind === 'text' ? view : undefined;
}

type Source = WireResponse['body'] & { readonly contentType: string | undefined };

function viewOf(source: Source, options: BodyViewOptions, depth: number): BodyView {
  const { bytes, decodedBytes, truncated, contentType } = source;
  if (bytes.length === 0 && decodedBytes === 0) return { kind: 'empty' };
  const mediaType = mediaTypeOf(contentType) ?? '';
  const isWhole = !truncated && bytes.length <= wholeLimit;
  if (isWhole && isPicture(mediaType)) {
    return { kind: 'image', mediaType, base64: base64Of(bytes), bytes: decodedBytes };
  }
  const limit = source.stored ? Math.min(firstScreen, options.textLimit) : options.textLimit;
  const kept = isWhole && isPlayable(mediaType) ? bytes : bytes.subarray(0, limit);
  const cut = truncated || kept.length < bytes.length;
  const read = readAs(kept, source, options, cut);
  const parts = partViews(source, kept, options, depth);
  const view = read ? textView(read, source, cutWords(source, kept.length), options) : binaryView(source, kept);
  return parts ? { ...view, parts } : view;
}

/** `chosenEncoding`: as the user said, not the response. */
type Read = ReadBodyText & { readonly chosenEncoding?: true };

/** The encoding that the user chose makes a text of anything. */
function readAs(kept: Uint8Array, source: Source, options: BodyViewOptions, cut: boolean): Read | undefined {
  const chosen = options.encoding === undefined ? undefined : decodeBodyAs(kept, options.encoding);
  return chosen ? { ...chosen, chosenEncoding: true } : readBodyText(kept, source.contentType, cut, source.textDefault);
}

type Binary = Extract<BodyView, { kind: 'binary' }>;

function binaryView(source: Source, kept: Uint8Array): Binary {
  const mediaType = mediaTypeOf(source.contentType) ?? '';
  const view = { kind: 'binary', mediaType, base64: base64Of(kept), bytes: source.decodedBytes } as const;
  const cut = cutWords(source, kept.length);
  return cut === undefined ? view : { ...view, cut };
}

type TextBody = Extract<BodyView, { kind: 'text' }>;

function textView(
  { text, flawed, ...encoding }: Read,
  { contentType, decodedBytes, stored }: Source,
  cut: string | undefined,
  options: BodyViewOptions,
): TextBody {
  const mediaType = mediaTypeOf(contentType) ?? '';
  const kind = textKind(mediaType, text);
  const isCut = cut !== undefined || stored !== undefined;
  const pretty = options.pretty ?? prettyHere(text, prettyFormat(kind), isCut);
  return {
    kind: 'text',
    ...kind,
    mediaType,
    text,
    bytes: decodedBytes,
    ...encoding,
    ...(pretty === undefined ? {} : { pretty }),
    ...(cut === undefined ? {} : { cut }),
    ...(flawed && { flaw: flawWords(encoding.encoding) }),
  };
}

function prettyHere(text: string, format: PrettyFormat | undefined, partial: boolean): string | undefined {
  return format && text.length <= prettyHereLimit ? prettyText(text, format, partial) : undefined;
}

function partViews(source: Source, kept: Uint8Array, options: BodyViewOptions, depth: number): PartView[] | undefined {
  const mediaType = parseMediaType(source.contentType);
  if (depth >= maxPartDepth || !mediaType?.essence.startsWith('multipart/')) return undefined;
  const parts = multipartParts(kept, mediaType.parameters.get('boundary') ?? '');
  return parts?.map((part, index) => partView(part, index, options, depth + 1));
}

function partView({ headers, bytes }: MultipartPart, index: number, options: BodyViewOptions, depth: number): PartView {
  const disposition = firstHeader(headers, 'content-disposition') ?? '';
  const named = /\bname="([^"]*)"|\bname=([^\s;]+)/i.exec(disposition);
  const file = /filename="([^"]*)"|filename=([^\s;]+)/i.exec(disposition);
  const names = [named?.[1] ?? named?.[2], file?.[1] ?? file?.[2]].filter((name) => name !== undefined && name !== '');
  const source = {
    bytes,
    decodedBytes: bytes.length,
    wireBytes: bytes.length,
    truncated: false,
    contentType: firstHeader(headers, 'content-type'),
  };
  return {
    title: names.length === 0 ? String(index + 1) : names.join(' · '),
    headers: headers.map(([name, value]) => ({ name, value, secret: false })),
    body: viewOf(source, { textLimit: options.textLimit }, depth),
  };
}

function cutWords({ bytes, decodedBytes, truncated, stored }: Source, shown: number): string | undefined {
  const whole = stored?.size ?? bytes.length;
  // The view shows all of a body that lies in a file.
  if (stored) return whole < decodedBytes ? keptWords(whole, decodedBytes) : undefined;
  if (whole <= shown && !truncated) return undefined;
  const total = sizeWords(decodedBytes);
  if (whole > shown) {
    const of = whole < decodedBytes ? 'what was kept of the body' : `the ${total}`;
    return `Only the first ${sizeWords(shown)} of ${of} are shown here. Save or open the body to see ${sizeWords(whole)}.`;
  }
  return keptWords(bytes.length, decodedBytes);
}

function keptWords(kept: number, read: number): string {
  return `Only the first ${sizeWords(kept)} were kept; ${sizeWords(read)} had been read.`;
}

/** A body of a view that is left for the worker. Give what it answers to `exchangeView` as `pretty`, by hop, and show again. */
export interface PendingPretty {
  readonly hop: number;
  readonly text: string;
  readonly format: PrettyFormat;
  readonly partial: boolean;
}

export function pendingPretty({ hops }: Pick<ExchangeView, 'hops'>): PendingPretty[] {
  return hops.flatMap(({ number, body }) => {
    if (body?.kind !== 'text' || body.pretty !== undefined || body.text.length <= prettyHereLimit) return [];
    const format = prettyFormat(body);
    return format ? [{ hop: number, text: body.text, format, partial: body.cut !== undefined }] : [];
  });
}
