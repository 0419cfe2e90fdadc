import type { SessionContent } from '../core/session/sessionChange.ts';
import { cookieWords } from './cookieViews.ts';
import { defaultsJson } from '../core/session/defaultsJson.ts';
import { masked } from './mask.ts';
import { isSecretVariable } from './sessionReport.ts';

/**
 * What a session holds, one thing a line and in a fixed order, to be compared. Secret values are masked; a mark of four digits behind the
 * dots tells two of them apart, and nobody gets the value from it. `now` in epoch milliseconds.
 */
export function contentText({ cookies, variables, recorded, defaults }: SessionContent, now: number): string {
  const byText = (a: string, b: string) => (a < b ? -1 : 1);
  return [
    'Cookies',
    ...cookies
      .map((cookie) => {
        const { name, value, domain, path } = cookie;
        return `  ${domain}${path} ${name} = ${secret(value)}  ${cookieWords(cookie, now)}`;
      })
      .toSorted(byText),
    '',
    'Variables',
    ...variables
      .map((variable) => {
        const { name, value, origin } = variable;
        return `  ${name} = ${isSecretVariable(variable) ? secret(value) : JSON.stringify(value)}  ${origin}`;
      })
      .toSorted(byText),
    '',
    'Last responses',
    ...recorded.map(({ file, id, hops }) => `  ${file} ${id}: ${hops.at(-1)?.status ?? ''}`).toSorted(byText),
    '',
    'Defaults',
    ...JSON.stringify(defaultsJson(defaults), maskDefault, 2)
      .split('\n')
      .map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function maskDefault(name: string, value: unknown): unknown {
  const isSecret = /authorization|cookie|password|token|secret|key|passphrase/i.test(name);
  return isSecret && typeof value === 'string' ? secret(value) : value;
}

function secret(value: string): string {
  return `${masked} (${mark(value)})`;
}

/** FNV-1a folded to 16 bits: one text in 65,536 shares its mark, so it gives nothing away. */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (((hash >>> 16) ^ hash) & 0xffff).toString(16).padStart(4, '0');
}
