import { escapedHtml } from './escapedHtml.ts';

export interface ResponsePageInput {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
  readonly scriptUri: string;
  /** Loaded by the shell when a body is too large for plain text. */
  readonly viewerUri: string;
  readonly styleUri: string;
  /** BCP 47, for example `en` or `pt-br`. */
  readonly lang: string;
  /** The view's texts until the first `show` brings its own. */
  readonly strings: Readonly<Record<string, string>>;
}

/** The HTML of the response view: no text of any server is in it (invariant 9). */
export function responsePage(input: ResponsePageInput): string {
  const { nonce, strings } = input;
  return `<!doctype html>
<html lang="${escapedHtml(input.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escapedHtml(policy(input))}">
<title>${escapedHtml(strings['response'] ?? 'Response')}</title>
<link rel="stylesheet" href="${escapedHtml(input.styleUri)}">
</head>
<body>
<div id="root" data-strings="${escapedHtml(JSON.stringify(strings))}"><p class="loading">${escapedHtml(strings['loading'] ?? '')}</p></div>
<script id="shell" nonce="${escapedHtml(nonce)}" src="${escapedHtml(input.scriptUri)}" data-viewer="${escapedHtml(input.viewerUri)}"></script>
</body>
</html>`;
}

/** Style elements of the code viewer carry the nonce; images, sound and film are only what the view itself holds. */
function policy({ cspSource, nonce }: ResponsePageInput): string {
  return [
    `default-src 'none'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}' ${cspSource}`,
    `img-src data: blob:`,
    `media-src blob:`,
    `font-src ${cspSource}`,
  ].join('; ');
}
