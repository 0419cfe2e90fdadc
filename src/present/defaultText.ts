import { originWords } from '../core/session/originWords.ts';
import type { Provenance } from '../core/session/provenance.ts';
import { shownProxy } from '../core/http/proxy/proxyRoute.ts';
import { createMask, masked } from './mask.ts';

/** One default for people: `header X-A`, its value with secrets masked, and who said it. */
export interface DefaultText {
  readonly label: string;
  readonly value: string;
  readonly origin: string;
  /** Who is not heard because of it; empty for nobody. */
  readonly replaces: string;
}

export function defaultText({ setting, name, value, origin, replaced }: Provenance): DefaultText {
  return {
    label: name === undefined ? setting : `${nouns.get(setting) ?? setting} ${name}`,
    value: valueText(setting, name, value),
    origin: originWords(origin),
    replaces: replaced.map(originWords).join(', '),
  };
}

/** `header X-A: 1 (environment dev, instead of settings)`. */
export function defaultLine(provenance: Provenance): string {
  const { label, value, origin, replaces } = defaultText(provenance);
  return `${label}: ${value} (${origin}${replaces === '' ? '' : `, instead of ${replaces}`})`;
}

/** Whether a default says something that is not so everywhere: what the product alone says is left to its documentation. */
export function isOwnDefault({ origin }: Provenance): boolean {
  return origin.kind !== 'product' && origin.kind !== 'request';
}

const nouns: ReadonlyMap<string, string> = new Map([
  ['headers', 'header'],
  ['params', 'param'],
  ['cookies', 'cookie'],
  ['proxies', 'proxy'],
]);

const mask = createMask([]);

function valueText(setting: string, name: string | undefined, value: unknown): string {
  if (value === null) return setting === 'timeout' ? 'no limit' : setting === 'proxies' ? 'direct' : 'left out';
  switch (setting) {
    case 'headers':
      return texts(value)
        .map((text) => mask.header(name ?? '', text))
        .join(', ');
    case 'params':
      return texts(value)
        .map((text) => parameterText(name ?? '', text))
        .join(', ');
    case 'cookies':
      return masked;
    case 'proxies':
      return texts(value).map(shownProxy).join(', ');
    case 'timeout':
      return `${JSON.stringify(value)} ms`;
    case 'auth':
      return authText(value);
    case 'cert':
      return certText(value);
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function texts(value: unknown): readonly string[] {
  return [value].flat().map(String);
}

/** A parameter is masked by its name, as in a URL. */
function parameterText(name: string, value: string): string {
  const pair = `?${name}=`;
  return mask.url(pair + value).slice(pair.length);
}

function authText(value: unknown): string {
  const { type, username, origin } = value as { type: string; username?: string; origin?: string };
  return [type, username, origin && `for ${origin}`].filter(Boolean).join(' ');
}

/** The passphrase is nobody's business. */
function certText(value: unknown): string {
  return typeof value === 'string' ? value : (value as { file: string }).file;
}
