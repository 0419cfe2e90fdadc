import { firstHeader } from '../core/http/headerList.ts';
import type { Failure } from '../core/http/failure.ts';
import type { RunResult } from '../core/run/run.ts';
import type { Hop } from '../core/session/exchange.ts';
import { badges } from './badges.ts';
import { flawWords, mediaTypeOf, readBodyText } from './bodyText.ts';
import { createMask, type Mask } from './mask.ts';
import { exchangeSecrets } from './exchangeSecrets.ts';
import { inertText as inert } from './inertText.ts';
import type { ReportOptions } from './report.ts';
import type { Style } from './style.ts';
import { counted } from './timeWords.ts';

export interface TextOptions extends ReportOptions {
  readonly style: Style;
  /** The output is a terminal, which control characters of a body would drive; a file gets them as they came. */
  readonly terminal: boolean;
  /** The title has been said already. */
  readonly untitled?: boolean;
}

/**
 * One run for a terminal: a title, one line a hop, what was refused or went wrong and the next step, then the body.
 * Secrets in the chain and in failures are always masked; the body is what the user asked for and is masked only with `mask`.
 */
export function runText(result: RunResult, options: TextOptions): string {
  return `${[...runLines(result, options), ...bodyLines(result, options)].join('\n')}\n`;
}

/** The same without the body. */
export function runLines(result: RunResult, options: TextOptions): string[] {
  const mask = options.mask ?? createMask(exchangeSecrets(result));
  const shown: Mask = { ...mask, text: (text) => inert(mask.text(text)), url: (url) => inert(mask.url(url)) };
  return [
    ...(options.untitled ? [] : [runTitle(result, options)]),
    ...problemLines(result, options, shown),
    ...(result.exchange?.hops ?? []).flatMap((hop) => hopLines(hop, options.style, shown)),
    ...outcomeLines(result, options.style, shown),
    ...capturedLines(result, options.style),
    ...result.saved.map((name) => `  ${options.style('dim', 'saved')} ${inert(name)}`),
  ];
}

/** A block without title and name is called by its place. */
export function runTitle(
  result: Pick<RunResult, 'title' | 'name' | 'line' | 'environment' | 'sessionName'>,
  { style, file }: Pick<TextOptions, 'style' | 'file'>,
): string {
  const title = result.title ?? result.name ?? `${file}:${result.line}`;
  const place = [...result.environment, ...(result.sessionName === 'default' ? [] : [`session ${result.sessionName}`])];
  return [style('bold', inert(title)), ...place.map((word) => style('dim', word))].join(style('dim', ' · '));
}

function problemLines(result: RunResult, options: TextOptions, mask: Mask): string[] {
  return result.problems
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ span, severity, message }) => {
      const { line, character } = options.lines.positionAt(span.start);
      const word = options.style(severity === 'error' ? 'red' : 'yellow', severity);
      return `  ${options.file}:${line + 1}:${character + 1} ${word}: ${mask.text(message)}`;
    });
}

function hopLines(hop: Hop, style: Style, mask: Mask): string[] {
  const request = `${style('cyan', hop.request.method)} ${mask.url(hop.request.url)}`;
  const facts = [
    `${Math.round(hop.wire.timing.totalMs)} ms`,
    ...(hop.cookies.sent.length > 0 ? [`${counted(hop.cookies.sent.length, 'cookie')} sent`] : []),
    ...badges(hop).map(({ text, warn }) => (warn ? style('yellow', text) : text)),
  ];
  return [
    `  ${style('dim', String(hop.number))} ${request} → ${statusText(hop, style)}${style('dim', ' · ')}${facts.join(style('dim', ' · '))}`,
    ...refusedLines(hop, style, mask),
    ...hop.warnings.map(({ message }) => `    ${style('yellow', 'warning')}: ${mask.text(message)}`),
  ];
}

function statusText({ response, failure }: Hop, style: Style): string {
  if (!response) return style('red', failure?.code ?? 'no response');
  const text = inert(`${response.status} ${response.reason}`.trimEnd());
  if (response.status >= 400) return style('red', text);
  return style(response.status >= 300 ? 'yellow' : 'green', text);
}

function refusedLines(hop: Hop, style: Style, mask: Mask): string[] {
  return hop.cookies.received.flatMap((verdict) =>
    verdict.kind === 'rejected'
      ? [
          `    ${style('yellow', `cookie ${inert(verdict.name) || 'without a name'} refused`)}: ${mask.text(verdict.message)}`,
        ]
      : [],
  );
}

function outcomeLines(result: RunResult, style: Style, mask: Mask): string[] {
  const { exchange, outcome } = result;
  const warnings = (exchange?.warnings ?? []).map(
    ({ message }) => `  ${style('yellow', 'warning')}: ${mask.text(message)}`,
  );
  if (outcome === 'cancelled' && !exchange) return [`  ${style('red', 'Cancelled before it was sent.')}`];
  if (outcome === 'blocked') return [...warnings, `  ${style('red', 'Not sent.')}`];
  return [...warnings, ...(exchange?.failure ? failureLines(exchange.failure, style, mask) : [])];
}

function failureLines({ message, hint }: Failure, style: Style, mask: Mask): string[] {
  return [`  ${style('red', mask.text(message))}`, `  ${mask.text(hint)}`];
}

function capturedLines(result: RunResult, style: Style): string[] {
  const names = Object.keys(result.captured);
  return names.length === 0 ? [] : [`  ${style('dim', 'captured')} ${names.join(', ')}`];
}

function bodyLines(result: RunResult, options: TextOptions): string[] {
  const response = result.exchange?.hops.at(-1)?.response;
  if (!response || response.body.decodedBytes === 0) return [];
  const { body } = response;
  const kept = body.bytes.subarray(0, options.bodyLimit ?? body.bytes.length);
  const cut = body.truncated || kept.length < body.bytes.length;
  const contentType = firstHeader(response.headers, 'content-type');
  const read = readBodyText(kept, contentType, cut, body.textDefault);
  const size = counted(body.decodedBytes, 'byte');
  if (read === undefined) {
    const kind = mediaTypeOf(contentType) ?? 'binary data';
    return ['', options.style('dim', `(${kind}, ${size}; --json prints it as Base64)`)];
  }
  const { text, encoding, flawed } = read;
  const whole = (options.mask?.text(text) ?? text).replace(/(?:\r\n|\r|\n)$/, '');
  const shown = options.terminal ? inert(whole) : whole;
  const notes = [
    ...(flawed ? [`(${flawWords(encoding)} --output keeps them)`] : []),
    ...(cut ? [`(the first ${kept.length} of ${size})`] : []),
  ];
  return ['', shown, ...notes.map((note) => options.style('dim', note))];
}
