import type { Warning } from '../http/failure.ts';
import { firstHeader } from '../http/headerList.ts';
import type { PreparedRequest } from '../http/transport.ts';
import type { Hop } from './exchange.ts';

/** Only a hint: the server may well answer differently the second time, so the count decides (RFC 9110 15.4). */
export function loopHint(sent: PreparedRequest, before: readonly Hop[]): Warning[] {
  const url = withoutFragment(sent.url);
  const known = before.some((hop) => withoutFragment(hop.request.url) === url && isSameRequest(sent, hop));
  const told = before.some((hop) => hop.warnings.some(({ code }) => code === 'redirect-loop'));
  if (!known || told) return [];
  const message = `${sent.method} ${sent.url} repeats an earlier hop with the same cookies and body; this looks like a redirect loop.`;
  return [{ code: 'redirect-loop', message }];
}

function isSameRequest(sent: PreparedRequest, hop: Hop): boolean {
  return (
    sent.method === hop.request.method &&
    sent.body === hop.request.body &&
    firstHeader(sent.headers, 'cookie') === firstHeader(hop.sentHeaders, 'cookie')
  );
}

function withoutFragment(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? url : url.slice(0, at);
}
