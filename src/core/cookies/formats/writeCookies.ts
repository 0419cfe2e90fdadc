import { productVersion } from '../../http/productVersion.ts';
import type { Cookie } from '../cookie.ts';
import type { CookieExport } from './cookieImport.ts';
import { exportCookieJson } from './cookieJson.ts';
import { exportHarCookies } from './harCookies.ts';
import { exportJetBrains } from './jetbrains.ts';
import { exportNetscape } from './netscape.ts';
import { exportToughJson } from './toughJson.ts';

/** Every form of a file that cookies are written to. */
export const cookieFileFormats = ['netscape', 'jetbrains', 'json', 'tough', 'har'] as const;
export type CookieFileFormat = (typeof cookieFileFormats)[number];

/** Cookies as a file with their values; what the form cannot hold is named. */
export function writeCookies(cookies: readonly Cookie[], format: CookieFileFormat): CookieExport {
  switch (format) {
    case 'netscape':
      return exportNetscape(cookies);
    case 'jetbrains':
      return exportJetBrains(cookies);
    case 'json':
      return { text: exportCookieJson(cookies), leftOut: [] };
    case 'tough':
      return exportToughJson(cookies);
    case 'har':
      return exportHarCookies(cookies, { name: 'Crumbtrail', version: productVersion });
  }
}
