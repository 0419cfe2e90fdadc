import { normalJson } from '../core/body/normalJson.ts';
import { prettyText } from '../core/body/prettyText.ts';
import { sizeWords } from '../core/text/sizeWords.ts';
import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';

/**
 * The last response of an exchange as a text to be set beside another: status, headers by name, and the body in a form in which only
 * what is different differs. `ignored` are names of headers that are left out, in any case; `*` leaves all out.
 */
export function comparableText(view: ExchangeView, ignored: readonly string[]): string {
  const hop = view.hops.at(-1);
  if (!hop) return `${view.failure?.message ?? ''}\n`;
  const status = hop.status === undefined ? (hop.failure?.message ?? '') : `${hop.status} ${hop.reason ?? ''}`.trim();
  // Of a body that lies in a file only its beginning is at hand.
  const rest =
    hop.stored && hop.body?.kind === 'text'
      ? `\n… (only the beginning of the ${sizeWords(hop.stored.bytes)} is compared)`
      : '';
  const body = bodyText(hop) + rest;
  return `${[status, ...headerLines(hop, ignored), ...(body === '' ? [] : ['', body])].join('\n')}\n`;
}

function headerLines({ responseHeaders }: HopView, ignored: readonly string[]): string[] {
  const left = new Set(ignored.map((name) => name.toLowerCase()));
  if (left.has('*')) return [];
  return responseHeaders
    .map(({ name, value }) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !left.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}: ${value}`);
}

function bodyText({ body }: HopView): string {
  switch (body?.kind) {
    case undefined:
    case 'empty':
      return '';
    case 'image':
    case 'binary':
      return body.base64.replace(/.{76}/g, '$&\n');
    case 'text': {
      if (body.cut !== undefined && body.text === '') return body.cut;
      const whole = body.language === 'json' && body.lines === undefined ? normalJson(body.text) : undefined;
      if (whole !== undefined) return whole;
      const form = body.language === 'xml' ? 'xml' : body.language === 'json' ? 'json-lines' : undefined;
      return ((form && prettyText(body.text, form, false)) ?? body.text).replace(/\r\n?/g, '\n').trimEnd();
    }
  }
}
