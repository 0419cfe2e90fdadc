import { prettyText, type PrettyFormat } from '../core/body/prettyText.ts';
import { isHtml, isJson, isXml } from '../core/http/mediaType.ts';
import type { BodyView, TextLanguage } from '../protocol/exchangeView.ts';

/** What a text is, as far as its type and its beginning tell. */
export interface TextKind {
  readonly language: TextLanguage;
  readonly lines?: true;
  readonly table?: 'csv' | 'form';
}

/** `essence` is the media type without parameters; empty when the server named none. */
export function textKind(essence: string, text: string): TextKind {
  if (jsonLines.test(essence)) return { language: 'json', lines: true };
  if (/\/(?:csv|tab-separated-values)$/.test(essence)) return { language: 'plain', table: 'csv' };
  if (essence === 'application/x-www-form-urlencoded') return { language: 'plain', table: 'form' };
  return { language: namedLanguage(essence) ?? (saysNothing(essence) ? guessed(text) : 'plain') };
}

/** NDJSON, JSON Lines and JSON text sequences (RFC 7464): a JSON text a line. */
const jsonLines = /\/(?:x-)?(?:ndjson|jsonlines|jsonl|json-seq|json-lines|stream\+json)$/;

function namedLanguage(essence: string): TextLanguage | undefined {
  const mediaType = { essence, parameters: new Map<string, string>() };
  if (isJson(mediaType)) return 'json';
  if (isHtml(mediaType)) return 'html';
  if (isXml(mediaType)) return 'xml';
  if (essence === 'text/css') return 'css';
  if (/\/(?:x-)?(?:java|ecma|type)script$/.test(essence)) return 'javascript';
  if (/[/+](?:x-)?(?:yaml|yml)$/.test(essence)) return 'yaml';
  return /\/(?:x-)?graphql$/.test(essence) ? 'graphql' : undefined;
}

/** Servers that say nothing, or text/plain, often mean JSON or XML. */
function saysNothing(essence: string): boolean {
  return essence === '' || essence === 'text/plain' || essence === 'application/octet-stream';
}

/** How much of a text is looked at in order to find out what it is. */
const looked = 128 * 1024;

/** The first character tells well enough for colours. */
function guessed(text: string): TextLanguage {
  const start = text.slice(0, looked).trimStart();
  if (/^[{[]/.test(start) && prettyText(start, 'json', true) !== undefined) return 'json';
  if (start.startsWith('<?xml')) return 'xml';
  return /^<(?:!doctype html|html)\b/i.test(start) ? 'html' : 'plain';
}

/** How a text can be re-indented. */
export function prettyFormat({
  language,
  lines,
}: Pick<Extract<BodyView, { kind: 'text' }>, 'language' | 'lines'>): PrettyFormat | undefined {
  if (language === 'xml') return 'xml';
  if (language !== 'json') return undefined;
  return lines === true ? 'json-lines' : 'json';
}

/** Pictures that an img element draws. SVG is not one of them: it is a text that can be drawn, so it stays text, and the view draws it on demand. */
export function isPicture(essence: string): boolean {
  return /^image\/(?:a?png|jpeg|jpg|pjpeg|gif|webp|avif|(?:x-(?:ms-)?)?bmp|x-icon|vnd\.microsoft\.icon)$/.test(essence);
}

/** What an audio or video element may be able to play. */
export function isPlayable(essence: string): boolean {
  return /^(?:audio|video)\//.test(essence);
}
