import { parse } from '../syntax/parse.ts';
import { requestBlocks } from '../syntax/query.ts';

/** The Cookie line of a pasted curl command and the URL it goes to; `undefined` when the text is no such command. */
export function curlCookies(text: string): { readonly url: string; readonly header: string } | undefined {
  if (!/^\s*(?:\$\s+)?curl\s/.test(text)) return undefined;
  const [block] = requestBlocks(parse(text.trim().replace(/^\$\s+/, '')));
  const curl = block?.request.curl;
  if (curl?.url === undefined) return undefined;
  const url = /^https?:\/\//i.test(curl.url) ? curl.url : `http://${curl.url}`;
  const lines = curl.headers.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value);
  return { url, header: [...lines, ...(curl.cookie === undefined ? [] : [curl.cookie])].join('; ') };
}
