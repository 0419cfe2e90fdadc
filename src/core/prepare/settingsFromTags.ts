import type { RedirectPolicy, SendSettings } from '../session/settings.ts';
import type { TagNode } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { problem } from './prepareInput.ts';

export interface TagSettings {
  readonly settings: SendSettings;
  readonly problems: readonly Problem[];
}

/** The settings with what the block's tags say laid over them (GRAMMAR 3.1). A tag that makes no sense is a warning and left out. */
export function settingsFromTags(tags: readonly TagNode[], base: SendSettings): TagSettings {
  const problems: Problem[] = [];
  let settings = base;
  for (const tag of tags) {
    const change = changes[tag.name]?.(tag.value?.text.trim() ?? '', settings);
    if (typeof change === 'string') problems.push(problem('warning', 'bad-tag-value', tag.span, change));
    else if (change) settings = { ...settings, ...change };
  }
  return { settings, problems };
}

/** C24: a bare number below 1000 is seconds, else milliseconds; suffixes ms, s and m. `undefined` for anything else. */
function milliseconds(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|)$/i.exec(text);
  if (!match) return undefined;
  const amount = Number(match[1]);
  const unit = match[2]?.toLowerCase() === '' ? (amount < 1000 ? 's' : 'ms') : match[2]?.toLowerCase();
  return amount * (unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1);
}

type Change = (value: string, settings: SendSettings) => Partial<SendSettings> | string;

const changes: Readonly<Record<string, Change>> = {
  'no-redirect': () => ({ followRedirects: false }),
  follow: (value) =>
    counted(value, 'follow 2', (followLimit) => ({ followRedirects: true, followAsked: true, followLimit })),
  'max-redirects': (value) => counted(value, 'max-redirects 10', (maxRedirects) => ({ maxRedirects })),
  redirect: (value) =>
    isPolicy(value) ? { policy: value } : `"${value}" is no redirect policy. Write standard, requests or preserve.`,
  'no-cookie-jar': () => ({ cookieJar: false }),
  timeout: (value, { timeouts }) => timed(value, 'timeout', (readMs) => ({ timeouts: { ...timeouts, readMs } })),
  'connection-timeout': (value, { timeouts }) =>
    timed(value, 'connection-timeout', (connectMs) => ({ timeouts: { ...timeouts, connectMs } })),
  'total-timeout': (value, { timeouts }) =>
    timed(value, 'total-timeout', (totalMs) => ({ timeouts: { ...timeouts, totalMs } })),
  retry: (value) => counted(value, 'retry 3', (retry) => ({ retry })),
  proxy: (value) => ({ proxies: proxyForAll(/^none$/i.test(value) ? null : value) }),
  cert: (value) =>
    value === '' ? 'Write the path of a certificate, for example "# @cert client.pem".' : { cert: value },
  'no-client-cert': () => ({ cert: null }),
  'no-auto-encoding': () => ({ rawTarget: true }),
  insecure: () => ({ verify: false }),
  'no-reject-unauthorized': () => ({ verify: false }),
};

/** One proxy for every URL, also where the environment names another for one scheme. */
export function proxyForAll(url: string | null): SendSettings['proxies'] {
  return { http: url, https: url, all: url };
}

function counted(
  value: string,
  usage: string,
  make: (n: number) => Partial<SendSettings>,
): Partial<SendSettings> | string {
  return /^\d+$/.test(value) ? make(Number(value)) : `"${value}" is no number. Write "# @${usage}".`;
}

function timed(
  value: string,
  tag: string,
  make: (ms: number) => Partial<SendSettings>,
): Partial<SendSettings> | string {
  const ms = milliseconds(value);
  return ms === undefined ? `"${value}" is no time. Write for example "# @${tag} 30 s" or "500 ms".` : make(ms);
}

function isPolicy(value: string): value is RedirectPolicy {
  return value === 'standard' || value === 'requests' || value === 'preserve';
}
