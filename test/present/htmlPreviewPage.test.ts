import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlPreviewPage } from '../../src/present/htmlPreviewPage.ts';

const url = 'https://a.test/x?"y"';

test('the policy stands before the page, and lets the network in only when asked', () => {
  const policy = (network: boolean) =>
    /^<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]*)">/
      .exec(htmlPreviewPage('<p>', { url, network }))?.[1]
      ?.replaceAll('&#39;', "'");
  assert.equal(
    policy(false),
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'",
  );
  assert.equal(
    policy(true),
    "default-src 'none'; style-src 'unsafe-inline' https: http:; img-src data: https: http:; font-src data: https: http:; form-action 'none'",
  );
  assert.match(htmlPreviewPage('', { url, network: true }), /<base href="https:\/\/a\.test\/x\?&#34;y&#34;">/);
});

test('what no policy forbids is taken out of the markup', () => {
  const calmed = (html: string) =>
    htmlPreviewPage(html, { url, network: true }).split('</style>').slice(1).join('</style>');
  assert.equal(calmed('<META content=1 http-equiv = "Refresh">'), '<META content=1 data-http-equiv = "Refresh">');
  assert.equal(calmed('<base href=x></base>'), '<x-base href=x></x-base>');
  assert.equal(calmed('<link href=x rel="preconnect">'), '<link href=x data-rel="preconnect">');
  assert.equal(calmed('<link rel=stylesheet href=prefetch.css>'), '<link rel=stylesheet href=prefetch.css>');
  assert.equal(calmed('<p class="base">meta refresh</p>'), '<p class="base">meta refresh</p>');
});
