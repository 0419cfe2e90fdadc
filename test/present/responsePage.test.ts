import assert from 'node:assert/strict';
import { test } from 'node:test';
import { responsePage } from '../../src/present/responsePage.ts';

const page = responsePage({
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'abc+/=',
  scriptUri: 'https://x/webview.js?a=1&b=2',
  viewerUri: 'https://x/viewer.js',
  styleUri: 'https://x/response.css',
  lang: 'de',
  strings: { response: 'Antwort "<b>"' },
});

test('the policy allows nothing but what the page brings', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
  assert.equal(
    policy,
    "default-src 'none'; style-src https://*.vscode-cdn.net 'nonce-abc+/='; script-src 'nonce-abc+/=' https://*.vscode-cdn.net; img-src data: blob:; media-src blob:; font-src https://*.vscode-cdn.net",
  );
});

test('texts are attributes and text, never markup', () => {
  assert.ok(!page.includes('<b>'));
  assert.match(page, /<html lang="de">/);
  assert.match(page, /<title>Antwort &#34;&#60;b&#62;&#34;<\/title>/);
  assert.match(page, /src="https:\/\/x\/webview\.js\?a=1&#38;b=2"/);
});
