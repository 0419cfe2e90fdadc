import { escapedHtml } from './escapedHtml.ts';

export interface HtmlPreviewOptions {
  /** Where the page came from: what its relative references mean. */
  readonly url: string;
  /** True when the user asked for what the page loads from the network. */
  readonly network: boolean;
}

/**
 * A page of a server as it may be drawn in a panel without scripts. The policy stands before anything of the server; what no policy
 * forbids (moving on by itself, looking up hosts ahead of time) is taken out of the markup.
 */
export function htmlPreviewPage(html: string, { url, network }: HtmlPreviewOptions): string {
  const base = network ? `<base href="${escapedHtml(url)}">` : '';
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${escapedHtml(policy(network))}"><meta http-equiv="x-dns-prefetch-control" content="off"><meta name="referrer" content="no-referrer">${base}<style>${plainPage}</style>${calmed(html)}`;
}

/** VS Code dresses what stands in a webview in the colours of the theme: a page of a server has the browser's own. */
const plainPage =
  'body, a, img, code, kbd, blockquote, pre, h1, h2, h3, h4, h5, h6, table, hr { all: revert } html { background: #fff; color: #000; color-scheme: light }';

function policy(network: boolean): string {
  const remote = network ? ' https: http:' : '';
  return [
    `default-src 'none'`,
    `style-src 'unsafe-inline'${remote}`,
    `img-src data:${remote}`,
    `font-src data:${remote}`,
    `form-action 'none'`,
    ...(network ? [] : [`base-uri 'none'`]),
  ].join('; ');
}

/** A refresh would leave the page, a base would turn its references elsewhere, and hints about hosts are looked up at once. */
function calmed(html: string): string {
  return html
    .replaceAll(/(<meta\b[^>]*?)\bhttp-equiv(\s*=\s*["']?\s*refresh)/gi, '$1data-http-equiv$2')
    .replaceAll(/<(\/?)base\b/gi, '<$1x-base')
    .replaceAll(/<link\b[^>]*>/gi, (link) =>
      hints.test(link) ? link.replaceAll(/\brel(?=\s*=)/gi, 'data-rel') : link,
    );
}

const hints = /\brel\s*=\s*(?:"[^"]*|'[^']*|[^\s>]*)(?:prefetch|preconnect|preload|prerender)/i;
