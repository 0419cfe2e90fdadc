import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { htmlPreviewPage } from '../../src/present/htmlPreviewPage.ts';
import type { ExchangeView } from '../../src/protocol/exchangeView.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import { launchBrowser } from '../host/browser.ts';
import { hostileBodies, hostileTexts } from './hostileTexts.ts';
import { bundleView, openView, type ViewBundles, type ViewPage } from './responseViewPage.ts';
import { body, views } from './views.ts';

let browser: Browser;
let bundles: ViewBundles;

before(async () => {
  [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
});

after(() => browser.close());

const tabs = ['Body', 'Headers', 'Cookies', 'Request', 'Timing'] as const;

async function show(view: ViewPage, exchange: ExchangeView): Promise<void> {
  await view.show({ type: 'show', exchange, pinned: false, strings: englishStrings });
}

/** Words of the protocol itself, which no server chooses. */
const ownWords = new Set([
  'id',
  'state',
  'cause',
  'kind',
  'language',
  'mediaType',
  'action',
  'severity',
  'command',
  'base64',
  'code',
  'encoding',
]);

/** The view with `text` in every place where a server, a file or a user may have put one. */
function poisoned<T>(value: T, text: string): T {
  if (typeof value === 'string') return text as T;
  if (Array.isArray(value)) return value.map((each: unknown) => poisoned(each, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const phases = 'ms' in value && 'name' in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      phases || ownWords.has(key) ? (each as unknown) : poisoned(each, text),
    ]),
  ) as T;
}

/**
 * For each tab the elements with their classes and roles, but for colours and for the names of characters that nobody sees. Clicks
 * within the page: the view draws in the same turn.
 */
async function skeletons(page: Page): Promise<string[][]> {
  return page.evaluate(async () => {
    const found: string[][] = [];
    for (const tab of document.querySelectorAll<HTMLElement>('[role=tab]')) {
      tab.click();
      document.querySelector<HTMLElement>('.hop')?.click();
      await new Promise((resolve) => setTimeout(resolve));
      found.push(
        [...document.querySelectorAll('body, body *')]
          .filter((element) => !element.closest('.unseen, .code-box, .more, .url'))
          .map(
            (element) =>
              `${element.tagName} ${element.getAttribute('class') ?? ''} ${element.getAttribute('role') ?? ''}`,
          ),
      );
    }
    return found;
  });
}

/** What no text of a server may bring about. */
async function assertUnharmed({ page, trouble }: ViewPage, what: string): Promise<void> {
  const found = await page.evaluate(() => ({
    hacked: 'hacked' in globalThis || 'hacked' in {},
    foreign: [...document.querySelectorAll('body *')]
      .filter(
        (element) =>
          /^(?:IFRAME|OBJECT|EMBED|LINK|BASE|META|FORM|STYLE|SCRIPT|A)$/i.test(element.tagName) &&
          element.id !== 'shell',
      )
      .map((element) => element.tagName),
    handlers: [...document.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on')),
    ),
    place: location.href,
  }));
  assert.deepEqual(found, { hacked: false, foreign: [], handlers: [], place: 'http://webview.test/' }, what);
  assert.deepEqual(trouble, [], what);
}

test('a hostile text in any field changes nothing but what is shown', async () => {
  const view = await openView(browser, bundles);
  const asked: string[] = [];
  view.page.on('request', (request) => asked.push(request.url()));
  const template = { ...views.failed(), problems: views.blocked().problems, offers: views.unauthorized().offers };
  const drawn = async (text: string): Promise<string[][]> => {
    await show(view, poisoned({ ...template, captured: views.finished().captured }, text));
    return skeletons(view.page);
  };
  const harmless = await drawn('harmless words');
  for (const text of hostileTexts) {
    const what = text.slice(0, 60);
    const hostile = await drawn(text);
    for (const [index, tab] of tabs.entries()) assert.deepEqual(hostile[index], harmless[index], `${tab}: ${what}`);
    await assertUnharmed(view, what);
  }
  assert.deepEqual(withoutChunks(asked), []);
  await view.page.context().close();
});

/** The view's own scripts, and pictures that it holds itself. */
function withoutChunks(urls: readonly string[]): string[] {
  return urls.filter((url) => !/^(?:http:\/\/webview\.test\/[\w-]+\.js$|data:image\/svg)/.test(url));
}

test('a hostile body changes nothing but what is shown, in any of its forms', async () => {
  const view = await openView(browser, bundles);
  const asked: string[] = [];
  view.page.on('request', (request) => asked.push(request.url()));
  for (const [index, [type, text]] of hostileBodies.entries()) {
    await show(view, { ...body(type, text), id: String(index) });
    const modes = view.page.locator('.modes').first().locator('button');
    for (const [place, name] of (await modes.allTextContents()).entries()) {
      await modes.nth(place).evaluate((button) => (button as unknown as { click(): void }).click());
      await assertUnharmed(view, `${name} of ${type} ${text.slice(0, 60)}`);
    }
  }
  assert.deepEqual(withoutChunks(asked), []);
  await view.page.context().close();
});

test('what nobody sees is named, and copied as it is', async () => {
  const view = await openView(browser, bundles);
  await show(view, body('text/plain', 'safe\u202etxt.exe\u0000 end'));
  const panel = view.page.getByRole('region', { name: 'Response body' });
  assert.deepEqual(
    await panel.locator('.unseen').evaluateAll((all) => all.map((each) => each.getAttribute('data-code'))),
    ['U+202E', 'U+0000'],
  );
  assert.equal(await panel.textContent(), 'safe\u202etxt.exe\u0000 end');
  await view.page.context().close();
});

test('what nobody sees is named in streams and in runs of several, too', async () => {
  const view = await openView(browser, bundles);
  const { page } = view;
  const text = 'safe\u202etxt.exe';
  const exchange = body('text/event-stream', 'data: a\n\n');
  const [hop] = exchange.hops;
  const pieces = [
    { number: 1, atMs: 1, text, event: text, id: text },
    { number: 2, atMs: 2, text, aside: 'comment' },
    { number: 3, atMs: 3, text: `{"${text}": 1}` },
  ] as const;
  const entry = {
    id: exchange.id,
    name: text,
    state: 'completed',
    isGood: true,
    outcome: text,
    durationMs: 1,
  } as const;
  const message = { type: 'show', pinned: false, strings: englishStrings } as const;
  const named = (places: string): Promise<number[]> =>
    page.locator(places).evaluateAll((all) => all.map((each) => each.querySelectorAll('.unseen').length));
  await view.show({
    ...message,
    exchange: { ...exchange, hops: [{ ...hop!, stream: { kind: 'events', pieces, total: 3, dropped: 0 } }] },
    batch: { id: 'batch', title: text, state: 'done', entries: [entry] },
  });
  assert.deepEqual(await named('.event-facts, .event-text'), [2, 1, 0, 1, 0, 1]);
  assert.deepEqual(await named('#batch-title, .entry-name, .entry-outcome'), [1, 1, 1]);
  await view.show({
    ...message,
    exchange: { ...exchange, hops: [{ ...hop!, stream: { kind: 'text', pieces: [pieces[0]], total: 1, dropped: 0 } }] },
  });
  assert.deepEqual(await named('.stream-text'), [1]);
  await assertUnharmed(view, 'streams');
  await page.context().close();
});

test('ten thousand header lines and a value of a megabyte are shown in part, and whole on demand', async () => {
  const view = await openView(browser, bundles);
  const exchange = body('text/plain', 'x');
  const [hop] = exchange.hops;
  const line = (index: number) => ({ name: `x-${index}`, value: String(index), secret: false });
  const responseHeaders = [
    { name: 'long', value: 'v'.repeat(1_000_000), secret: false },
    ...Array.from({ length: 10_000 }, (_, index) => line(index)),
  ];
  await show(view, {
    ...exchange,
    hops: [{ ...hop!, responseHeaders, requestHead: `GET / HTTP/1.1\nx: ${'v'.repeat(1_000_000)}` }],
  });
  await view.page.getByRole('tab', { name: 'Headers' }).click();
  const table = view.page.getByRole('table', { name: 'Response headers' });
  assert.equal(await table.getByRole('row').count(), 501);
  await view.page.getByRole('button', { name: 'show all 1 MB' }).click();
  assert.equal((await table.locator('.value').first().textContent())?.length, 1_000_000);
  await view.page.getByRole('button', { name: 'Show all 10001' }).click();
  await table.getByRole('rowheader', { name: 'x-9999', exact: true }).waitFor();
  await view.page.getByRole('tab', { name: 'Request' }).click();
  await view.page.locator('.cm-editor').waitFor();
  await assertUnharmed(view, 'long headers');
  await view.page.context().close();
});

test('a page in its preview runs nothing, loads nothing and goes nowhere', async () => {
  const hostile = `<!doctype html><html><head><base href="http://evil.test/"><meta http-equiv="refresh" content="0;url=http://evil.test/refresh">
    <meta HTTP-EQUIV = refresh content="0;url=http://evil.test/r2"><link rel=preconnect href=http://evil.test><link rel="stylesheet" href="http://evil.test/x.css">
    <link rel=prefetch href=http://evil.test/p><style>@import url(http://evil.test/i.css); body { background: url(http://evil.test/b.png) }</style>
    <script>globalThis.hacked = 1</script></head><body onload="globalThis.hacked = 1">
    <img src="http://evil.test/x.png" onerror="globalThis.hacked = 1"><iframe src="http://evil.test/f"></iframe><object data="http://evil.test/o"></object>
    <video src="http://evil.test/v" autoplay></video><svg><use href="http://evil.test/u#x"/></svg><form action="http://evil.test/s"><button>Send</button></form>
    <a href="javascript:globalThis.hacked=1">link</a><p>words</p><img alt=dot src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></body></html>`;
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === 'http://webview.test/preview') {
      await route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: htmlPreviewPage(hostile, { url: 'http://evil.test/page', network: false }),
      });
      return;
    }
    asked.push(url);
    await route.abort();
  });
  await page.goto('http://webview.test/preview');
  await page.getByText('words').waitFor();
  await page.getByText('link').click();
  await page.getByRole('button', { name: 'Send' }).click({ noWaitAfter: true });
  assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
  assert.equal(page.url(), 'http://webview.test/preview');
  assert.deepEqual(asked, []);
  await context.close();
});
