import type { Cookie } from '../cookie.ts';
import { cookieText } from '../cookieText.ts';
import type { CookieExport } from './cookieImport.ts';

/**
 * Cookies as lines of fields with tabs between them. A cookie whose texts would make another field or line
 * (curl CVE-2016-8615), or are not UTF-8, is left out: these formats know no escape that every reader undoes.
 */
export function exportTabFields(
  heading: readonly string[],
  cookies: readonly Cookie[],
  fieldsOf: (cookie: Cookie, name: string, value: string) => readonly string[],
): CookieExport {
  const lines: string[] = [];
  const leftOut: CookieExport['leftOut'][number][] = [];
  for (const cookie of cookies) {
    const name = cookieText(cookie.name);
    const value = cookieText(cookie.value);
    const fields = name === undefined || value === undefined ? undefined : fieldsOf(cookie, name, value);
    const reason = fields === undefined ? 'its name or value is not UTF-8 text' : fault(fields);
    if (fields === undefined || reason !== undefined) leftOut.push({ cookie, reason: reason ?? '' });
    else lines.push(fields.join('\t'));
  }
  return { text: [...heading, ...lines, ''].join('\n'), leftOut };
}

function fault(fields: readonly string[]): string | undefined {
  return fields.some((field) => /[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(field))
    ? 'it holds a tab or another control character, which would break the line'
    : undefined;
}
