import type { CookieImport } from './cookieImport.ts';
import { importCookieJson } from './cookieJson.ts';
import { importHarCookies, isHar } from './harCookies.ts';
import { importJetBrains } from './jetbrains.ts';
import { importNetscape } from './netscape.ts';
import { importCookieHeader, importSetCookies } from './pastedCookies.ts';
import { importToughJson, isToughJson } from './toughJson.ts';

/** Every form that cookies are read from. The last two do not say whose they are: they need a URL. */
export const cookieFormats = ['netscape', 'jetbrains', 'json', 'tough', 'har', 'set-cookie', 'cookie'] as const;
export type CookieFormat = (typeof cookieFormats)[number];

/** What a text looks like; every text looks like something, and its reader says what is wrong with it. */
export function cookieFormatOf(text: string): CookieFormat {
  if (/^\s*[[{]/.test(text)) return jsonFormat(text);
  if (/^\s*set-cookie:/i.test(text)) return 'set-cookie';
  if (/^\s*cookie:/i.test(text)) return 'cookie';
  // In a cookies.txt the second field is TRUE or FALSE.
  if (/^(?!#(?!HttpOnly_))[^\t\r\n]*\t(?:TRUE|FALSE)\t/m.test(text) || /^# (?:Netscape )?HTTP Cookie/m.test(text))
    return 'netscape';
  if (text.includes('\t') || text.trimStart().startsWith('#')) return 'jetbrains';
  if (/;\s*(?:path|domain|expires|max-age|samesite)=|;\s*(?:secure|httponly)\s*(?:;|$)/i.test(text))
    return 'set-cookie';
  return /=/.test(text) ? 'cookie' : 'netscape';
}

/** True when the text alone does not say which host its cookies belong to. */
export function needsUrl(format: CookieFormat): boolean {
  return format === 'cookie' || format === 'set-cookie';
}

/** Reads cookies in a form; `url` is whose they are where the form does not say it. */
export function readCookies(text: string, format: CookieFormat, now: number, url = ''): CookieImport {
  switch (format) {
    case 'netscape':
      return importNetscape(text, now);
    case 'jetbrains':
      return importJetBrains(text, now);
    case 'json':
      return importCookieJson(text, now);
    case 'tough':
      return importToughJson(text, now);
    case 'har':
      return importHarCookies(text, now);
    case 'set-cookie':
      return importSetCookies(text, url, now);
    case 'cookie':
      return importCookieHeader(text, url, now);
  }
}

function jsonFormat(text: string): CookieFormat {
  try {
    const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return isHar(json) ? 'har' : isToughJson(json) ? 'tough' : 'json';
  } catch {
    return 'json';
  }
}
