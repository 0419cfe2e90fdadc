import type { HeaderLine } from '../http/headerList.ts';
import { productVersion } from '../http/productVersion.ts';

/** Header lines every request has unless a default or `# @no-default-header NAME` takes them away (SESSION M8). */
export const productHeaders: readonly HeaderLine[] = [
  ['User-Agent', `crumbtrail/${productVersion}`],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
];
