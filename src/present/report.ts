import type { SetCookieVerdict } from '../core/cookies/cookie.ts';
import { firstHeader, type HeaderLine, type HeaderList } from '../core/http/headerList.ts';
import { withoutUserinfo } from '../core/http/shownUrl.ts';
import type { WireResponse } from '../core/http/transport.ts';
import type { RunResult } from '../core/run/run.ts';
import type { Change, Decision, Hop, SentCookie } from '../core/session/exchange.ts';
import { requestName } from '../core/syntax/query.ts';
import type { LineMap } from '../core/text/lineMap.ts';
import type { Problem } from '../core/text/problem.ts';
import { base64Of } from '../core/text/base64.ts';
import { mediaTypeOf, readBodyText } from './bodyText.ts';
import { headersOnWire } from './hopText.ts';
import { noMask, type Mask } from './mask.ts';

export interface ReportOptions {
  /** Lines of the document the block stands in. */
  readonly lines: LineMap;
  /** The file as the user named it; `-` for standard input. */
  readonly file: string;
  /** Shows everything when absent. */
  readonly mask?: Mask | undefined;
  /** The file that holds the body instead of the report. */
  readonly bodyFile?: string | undefined;
  /** Decoded bytes of the body to report at most. */
  readonly bodyLimit?: number | undefined;
}

/**
 * One line of `crumbtrail send --json`, a stable interface: arrays are always there, facts that are not known are left out,
 * nothing is made up. Lines and columns count from 1, times are milliseconds.
 */
export function exchangeReport(result: RunResult, options: ReportOptions): object {
  const mask = options.mask ?? noMask;
  const { exchange } = result;
  const failure = exchange?.failure;
  return known({
    version: 1,
    name: requestName(result.block),
    title: result.title,
    file: options.file,
    line: result.line,
    outcome: result.outcome,
    failure: failure && { code: failure.code, message: mask.text(failure.message), hint: mask.text(failure.hint) },
    problems: result.problems.map((problem) => problemReport(problem, options.lines, mask)),
    hops: (exchange?.hops ?? []).map((hop) => hopReport(hop, mask)),
    body: bodyReport(exchange?.hops.at(-1)?.response, mask, options),
    captured: Object.fromEntries(
      Object.entries(result.captured).map(([name, value]) => [name, mask.header(name, value)]),
    ),
    saved: result.saved.length > 0 ? result.saved : undefined,
    session: known({ environment: result.environment.join(',') || undefined, name: result.sessionName }),
    durationMs: exchange?.durationMs,
  });
}

/** A problem with its place, as `send --json` and `parse --json` say it. */
export function problemReport(problem: Problem, lines: LineMap, mask: Mask = noMask): object {
  const { line, character } = lines.positionAt(problem.span.start);
  return {
    code: problem.code,
    severity: problem.severity,
    line: line + 1,
    column: character + 1,
    message: mask.text(problem.message),
  };
}

function hopReport(hop: Hop, mask: Mask): object {
  const { wire, response } = hop;
  return known({
    cause: hop.cause,
    attempt: hop.attempt,
    request: {
      method: hop.request.method,
      url: mask.url(reportedUrl(hop.request.url)),
      httpVersion: hop.request.httpVersion,
      headers: headersReport(headersOnWire(hop), mask),
      bodyBytes: wire.requestBodyBytes,
    },
    response: response && responseReport(response, mask),
    cookies: {
      sent: hop.cookies.sent.map((cookie) => sentReport(cookie, mask)),
      set: hop.cookies.received.flatMap(setReport),
      rejected: hop.cookies.received.flatMap((verdict) => rejectedReport(verdict, mask)),
    },
    redirect: decisionReport(hop.decision, mask),
    timing: timingReport(hop),
    remote: remoteReport(hop),
    tls: wire.tls && { protocol: wire.tls.protocol, cipher: wire.tls.cipher, authorized: wire.tls.authorized },
  });
}

function responseReport(response: WireResponse, mask: Mask): object {
  const { status, reason, headers, body } = response;
  return known({
    status,
    reason,
    httpVersion: response.httpVersion,
    headers: headersReport(headers, mask),
    wireBytes: body.wireBytes,
    bodyBytes: body.decodedBytes,
  });
}

function headersReport(headers: HeaderList, mask: Mask): HeaderLine[] {
  return headers.map(([name, value]) => [name, mask.header(name, value)]);
}

/** A pair of the file's own Cookie line belongs to no domain. */
function sentReport(sent: SentCookie, mask: Mask): object {
  return known({
    name: sent.name,
    value: mask.cookie(sent.value),
    domain: sent.explicit ? undefined : sent.cookie.domain,
    path: sent.explicit ? undefined : sent.cookie.path,
    explicit: sent.explicit,
  });
}

function setReport(verdict: SetCookieVerdict): object[] {
  if (verdict.kind === 'rejected') return [];
  const { name, domain, path } = verdict.cookie;
  return [{ name, domain, path, action: verdict.kind === 'deleted' ? 'deleted' : verdict.action }];
}

function rejectedReport(verdict: SetCookieVerdict, mask: Mask): object[] {
  if (verdict.kind !== 'rejected') return [];
  const { raw, reason, message } = verdict;
  return [{ raw: mask.header('set-cookie', raw), reason, message: mask.text(message) }];
}

function decisionReport(decision: Decision, mask: Mask): object {
  const follow = decision.kind === 'follow';
  const location = follow ? decision.location : decision.nextUrl;
  return known({
    decision: decision.kind,
    reason: decision.reason,
    location: location === undefined ? undefined : mask.url(reportedUrl(location)),
    changes: follow ? decision.changes.map((change) => changeReport(change, mask)) : [],
  });
}

/** `from` and `to` of a header are header values: a dropped Authorization is a secret like one that was sent. */
function changeReport(change: Change, mask: Mask): object {
  const value = (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    return change.kind === 'header' ? mask.header(change.name ?? '', text) : mask.text(text);
  };
  return known({
    kind: change.kind,
    name: change.name,
    from: value(change.from),
    to: value(change.to),
    why: change.why,
  });
}

/** Microseconds are as fine as a clock is worth reading. */
function timingReport({ wire }: Hop): object {
  const { dnsMs, connectMs, tlsMs, sendMs, waitMs, downloadMs, totalMs } = wire.timing;
  const phases = Object.entries({ dnsMs, connectMs, tlsMs, sendMs, waitMs, downloadMs, totalMs });
  const times = phases.flatMap(([name, ms]) => (ms === undefined ? [] : [[name, Math.round(ms * 1000) / 1000]]));
  return known({ ...Object.fromEntries(times), reused: wire.connection?.reused });
}

function remoteReport({ wire }: Hop): object | undefined {
  const address = wire.connection?.remoteAddress;
  return address === undefined
    ? undefined
    : known({ address, port: wire.connection?.remotePort, via: wire.connection?.via });
}

function bodyReport(
  response: WireResponse | undefined,
  mask: Mask,
  { bodyLimit: limit = Infinity, bodyFile: file }: ReportOptions,
): object | undefined {
  if (!response) return undefined;
  const { body } = response;
  if (file !== undefined) {
    const mediaType = mediaTypeOf(firstHeader(response.headers, 'content-type'));
    const size = body.stored?.size ?? body.bytes.length;
    return known({ mediaType, file, bytes: body.decodedBytes, truncated: size < body.decodedBytes });
  }
  const kept = body.bytes.subarray(0, Math.min(limit, body.bytes.length));
  const truncated = body.truncated || kept.length < body.bytes.length;
  const contentType = firstHeader(response.headers, 'content-type');
  const read = readBodyText(kept, contentType, truncated, body.textDefault);
  return known({
    mediaType: mediaTypeOf(contentType),
    text: read && mask.text(read.text),
    // A text that lost bytes on the way to text is there twice. Masked, it must not be there unmasked.
    base64: read === undefined || (read.flawed && mask === noMask) ? base64Of(kept) : undefined,
    bytes: body.decodedBytes,
    truncated,
  });
}

/** Prepared requests have no userinfo any more; a Location that was not followed may. */
function reportedUrl(text: string): string {
  const url = URL.parse(text);
  return url && (url.username !== '' || url.password !== '') ? withoutUserinfo(url).href : text;
}

/** Without the keys whose value is not known. */
function known(facts: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
