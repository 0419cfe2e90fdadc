import type { BodyView, CookiesView, ExchangeView, HeaderView, HopView } from '../protocol/exchangeView.ts';
import { masked, maskedWords, type Mask } from './mask.ts';

/** The view without its secrets, wherever they stand in it: for what is kept or given away (UX.md, Masking). */
export function maskedView(view: ExchangeView, mask: Mask): ExchangeView {
  return {
    ...view,
    // A request without a name is called by its line, URL included.
    title: maskedWords(view.title, mask),
    ...(view.failure && { failure: maskedTexts(view.failure, mask) }),
    problems: view.problems.map((problem) => maskedTexts(problem, mask)),
    warnings: view.warnings.map(mask.text),
    captured: view.captured.map(({ name, value, secret }) => ({
      name,
      value: secret ? masked : mask.text(value),
      secret: false,
    })),
    hops: view.hops.map((hop) => maskedHop(hop, mask)),
  };
}

function maskedTexts<Told extends { readonly message: string; readonly hint?: string }>(told: Told, mask: Mask): Told {
  return { ...told, message: mask.text(told.message), ...(told.hint !== undefined && { hint: mask.text(told.hint) }) };
}

function maskedHop(hop: HopView, mask: Mask): HopView {
  const headers = (list: readonly HeaderView[]) => maskedHeaders(list, mask);
  const { requestBody, stream, body, asWritten } = hop;
  return {
    ...hop,
    url: mask.url(hop.url),
    ...(hop.failure && { failure: maskedTexts(hop.failure, mask) }),
    requestHead: maskedHead(hop.requestHead, mask),
    ...(asWritten !== undefined && { asWritten: maskedHead(asWritten, mask) }),
    requestHeaders: headers(hop.requestHeaders),
    ...(requestBody && { requestBody: { ...requestBody, text: mask.text(requestBody.text) } }),
    responseHeaders: headers(hop.responseHeaders),
    trailers: headers(hop.trailers),
    cookies: maskedCookies(hop.cookies, mask),
    ...(body && { body: maskedBody(body, mask) }),
    ...(stream && {
      stream: { ...stream, pieces: stream.pieces.map((piece) => ({ ...piece, text: mask.text(piece.text) })) },
    }),
    warnings: hop.warnings.map(mask.text),
  };
}

function maskedHeaders(headers: readonly HeaderView[], mask: Mask): HeaderView[] {
  return headers.map(({ name, value }) => ({ name, value: mask.header(name, value), secret: false }));
}

/** A request as text: its line, its headers, and after an empty line the rest. */
function maskedHead(text: string, mask: Mask): string {
  const [line = '', ...others] = text.split('\n');
  const end = others.indexOf('');
  const headers = end < 0 ? others : others.slice(0, end);
  const rest = end < 0 ? [] : others.slice(end);
  return [maskedWords(line, mask), ...headers.map((each) => maskedLine(each, mask)), ...rest.map(mask.text)].join('\n');
}

function maskedLine(line: string, mask: Mask): string {
  const at = line.indexOf(':', 1);
  if (at < 0 || /^\s*(?:#|\/\/)/.test(line)) return mask.text(line);
  const [name, value] = [line.slice(0, at), line.slice(at + 1)];
  return `${name}:${/^\s*/.exec(value)?.[0] ?? ''}${mask.header(name.trim(), value.trim())}`;
}

function maskedCookies({ sent, set, refused }: CookiesView, mask: Mask): CookiesView {
  return {
    sent: sent.map((cookie) => ({ ...cookie, value: mask.cookie(cookie.value) })),
    set: set.map(({ value, previous, ...cookie }) => ({
      ...cookie,
      value: mask.cookie(value),
      ...(previous !== undefined && { previous: mask.cookie(previous) }),
    })),
    refused: refused.map((cookie) => ({
      ...cookie,
      raw: mask.header('set-cookie', cookie.raw),
      message: mask.text(cookie.message),
    })),
  };
}

/** Bytes that are no text stay: no secret can be found in them. */
function maskedBody(body: BodyView, mask: Mask): BodyView {
  if (body.kind === 'empty' || body.kind === 'image') return body;
  const parts = body.parts?.map((part) => ({
    title: mask.text(part.title),
    headers: maskedHeaders(part.headers, mask),
    body: maskedBody(part.body, mask),
  }));
  const withParts = { ...body, ...(parts && { parts }) };
  if (withParts.kind === 'binary') return withParts;
  const { text, pretty } = withParts;
  return { ...withParts, text: mask.text(text), ...(pretty !== undefined && { pretty: mask.text(pretty) }) };
}
