import type { PrettyFormat } from '../core/body/prettyText.ts';
import { prettyText } from '../core/body/prettyText.ts';
import { firstHeader } from '../core/http/headerList.ts';
import { isHtml, isJson, isXml } from '../core/http/mediaType.ts';
import type { WireResponse } from '../core/http/transport.ts';
import type { BodyView, ExchangeView } from '../protocol/exchangeView.ts';
import { base64Of } from '../core/text/base64.ts';
import { bodyText, mediaTypeOf } from './bodyText.ts';
import { sizeWords } from './sizeWords.ts';

export interface BodyViewOptions {
  /** Bytes of text that the view takes at most. */
  readonly textLimit: number;
  /** Re-indented text made elsewhere (by the worker); `undefined` re-indents here when the text is short. */
  readonly pretty?: string | undefined;
}

/** Our choice: what the viewer scrolls smoothly, and a message that is posted in a moment. */
export const textLimits = { lastHop: 4 * 1024 * 1024, otherHop: 256 * 1024 } as const;

const binaryLimit = 64 * 1024;
const imageLimit = 8 * 1024 * 1024;
/** Re-indenting more than this takes longer than a frame: the worker does it. */
const prettyHereLimit = 128 * 1024;

/** A response body as the Body tab shows it, cut to size; what was cut is said in words. */
export function bodyView(response: WireResponse, options: BodyViewOptions): BodyView {
  const { bytes, decodedBytes, truncated } = response.body;
  if (bytes.length === 0 && decodedBytes === 0) return { kind: 'empty' };
  const contentType = firstHeader(response.headers, 'content-type');
  const mediaType = mediaTypeOf(contentType) ?? '';
  if (isPicture(mediaType) && !truncated && bytes.length <= imageLimit) {
    return { kind: 'image', mediaType, base64: base64Of(bytes), bytes: decodedBytes };
  }
  const kept = bytes.subarray(0, options.textLimit);
  const cut = truncated || kept.length < bytes.length;
  const text = bodyText(kept, contentType, cut, response.body.textDefault);
  if (text === undefined) return binaryView(response, mediaType);
  return textView(
    text,
    { mediaType, bytes: decodedBytes, cut: cut ? cutWords(response, kept.length) : undefined },
    options,
  );
}

/** SVG is a text that can be drawn: it stays text, and the view draws it on demand. */
function isPicture(mediaType: string): boolean {
  return /^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)$/.test(mediaType);
}

function binaryView({ body }: WireResponse, mediaType: string): BodyView {
  const kept = body.bytes.subarray(0, binaryLimit);
  const view = { kind: 'binary', mediaType, base64: base64Of(kept), bytes: body.decodedBytes } as const;
  const whole = kept.length === body.bytes.length && !body.truncated;
  return whole ? view : { ...view, cut: `Only the first ${sizeWords(kept.length)} are shown here.` };
}

interface TextFacts {
  readonly mediaType: string;
  readonly bytes: number;
  readonly cut: string | undefined;
}

function textView(text: string, { mediaType, bytes, cut }: TextFacts, options: BodyViewOptions): BodyView {
  const language = languageOf(mediaType, text);
  const pretty = options.pretty ?? prettyHere(text, prettyFormat({ language, mediaType }), cut !== undefined);
  return {
    kind: 'text',
    language,
    mediaType,
    text,
    bytes,
    ...(pretty === undefined ? {} : { pretty }),
    ...(cut === undefined ? {} : { cut }),
  };
}

function prettyHere(text: string, format: PrettyFormat | undefined, partial: boolean): string | undefined {
  return format && text.length <= prettyHereLimit ? prettyText(text, format, partial) : undefined;
}

function cutWords({ body }: WireResponse, shown: number): string {
  const kept = body.bytes.length;
  const total = sizeWords(body.decodedBytes);
  const whole = body.stored?.size ?? kept;
  if (whole > shown) {
    const of = whole < body.decodedBytes ? 'what was kept of the body' : `the ${total}`;
    return `Only the first ${sizeWords(shown)} of ${of} are shown here. Save or open the body to see ${sizeWords(whole)}.`;
  }
  return `Only the first ${sizeWords(kept)} were kept; ${total} had been read.`;
}

type TextBody = Extract<BodyView, { kind: 'text' }>;

function languageOf(essence: string, text: string): TextBody['language'] {
  const mediaType = { essence, parameters: new Map<string, string>() };
  if (isJson(mediaType) || jsonLines.test(essence)) return 'json';
  if (isHtml(mediaType)) return 'html';
  if (isXml(mediaType)) return 'xml';
  if (essence === 'text/css') return 'css';
  if (/\/(?:x-)?(?:java|ecma)script$/.test(essence)) return 'javascript';
  if (/[/+](?:x-)?yaml$/.test(essence)) return 'yaml';
  return essence === '' || essence === 'text/plain' ? guessed(text) : 'plain';
}

/** NDJSON, JSON Lines and JSON text sequences (RFC 7464): a JSON text a line. */
const jsonLines = /\/(?:x-)?(?:ndjson|jsonlines|jsonl|json-seq)$/;

/** Servers that say nothing, or text/plain, often mean JSON or XML; the first character tells well enough for colours. */
function guessed(text: string): TextBody['language'] {
  const start = text.trimStart();
  if (/^[{[]/.test(start) && prettyText(start.slice(0, prettyHereLimit), 'json', true) !== undefined) return 'json';
  if (start.startsWith('<?xml')) return 'xml';
  return /^<(?:!doctype html|html)\b/i.test(start) ? 'html' : 'plain';
}

function prettyFormat({ language, mediaType }: Pick<TextBody, 'language' | 'mediaType'>): PrettyFormat | undefined {
  if (language === 'xml') return 'xml';
  if (language !== 'json') return undefined;
  return jsonLines.test(mediaType) ? 'json-lines' : 'json';
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
