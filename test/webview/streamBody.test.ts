import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { englishStrings } from '../../src/protocol/strings.ts';
import type { StreamPieceView, StreamView } from '../../src/protocol/streamView.ts';
import { launchBrowser } from '../host/browser.ts';
import { bundleView, openView, type ViewBundles, type ViewPage } from './responseViewPage.ts';
import { body, views } from './views.ts';

let browser: Browser;
let bundles: ViewBundles;

before(async () => {
  [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
});

after(() => browser.close());

async function withStream(act: (view: ViewPage) => Promise<void>): Promise<void> {
  const view = await openView(browser, bundles, { viewport: { width: 700, height: 500 } });
  await view.show({ type: 'show', exchange: views.streaming(), pinned: false, strings: englishStrings });
  await act(view);
  assert.deepEqual(view.trouble, []);
  await view.page.context().close();
}

/** Posts pieces that follow those of before, `dropped` of which are gone by now. */
async function add(view: ViewPage, texts: readonly string[], dropped = 0): Promise<void> {
  const total = 4 + texts.length;
  const added = texts.map((text, index): StreamPieceView => ({ number: 5 + index, atMs: 2000, text }));
  const change = { kind: 'events', added, total, dropped, wireBytes: 5000, decodedBytes: 5000 } as const;
  await view.show({ type: 'stream', id: 'streaming', hop: 1, change });
}

const events = (page: Page) => page.getByRole('list', { name: 'Events as they came' }).getByRole('listitem');
const said = (page: Page) => page.locator('.stream-tools .hint').textContent();

test('events are shown with time, type and id while the send runs', () =>
  withStream(async ({ page }) => {
    assert.deepEqual(
      await events(page)
        .allTextContents()
        .then((all) => all.map((text) => text.replace(/^\d\d:\d\d:12\.234/, '…'))),
      [
        '…commentconnected',
        '…retry after (ms)3000',
        '…order-created #41{"order":41,"items":[{"sku":"A-1","price":12.50}],"customer":"Ada Lovelace"}',
        '…messagea plain message\nof two lines',
      ],
    );
    assert.equal(await said(page), '4 events');
    await page.getByRole('tab', { name: 'Headers' }).click();
    assert.match((await page.getByRole('tabpanel').textContent()) ?? '', /text\/event-stream/);
  }));

test('what is new comes behind, and the end stays in sight unless the reader went up', () =>
  withStream(async (view) => {
    const { page } = view;
    const many = Array.from({ length: 200 }, (_, index) => `number ${index}`);
    await add(view, many);
    assert.equal(await events(page).count(), 204);
    await events(page).last().waitFor();
    const gap = () => page.locator('.stream').evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
    assert.ok((await gap()) < 8);
    await page.locator('.stream').evaluate((box) => {
      box.scrollTop = 0;
      box.dispatchEvent(new Event('scroll'));
    });
    await add(view, [...many, 'one more'], 10);
    assert.equal(await events(page).count(), 195);
    assert.ok((await gap()) > 100);
    assert.equal(await said(page), '205 events · the first 10 are no longer kept here');
  }));

test('pause holds still, and what comes meanwhile is there afterwards', () =>
  withStream(async (view) => {
    const { page } = view;
    await page.getByRole('button', { name: 'Pause' }).click();
    await add(view, ['a', 'b']);
    assert.equal(await events(page).count(), 4);
    assert.equal(await said(page), '6 events · 2 more have come');
    await page.getByRole('button', { name: 'Pause' }).click();
    assert.equal(await events(page).count(), 6);
  }));

test('clear hides what is there, and nothing is lost', () =>
  withStream(async (view) => {
    const { page } = view;
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await events(page).count(), 0);
    await add(view, ['a']);
    assert.equal(await events(page).count(), 1);
    assert.equal(await said(page), '5 events · earlier ones are hidden');
    await page.getByRole('button', { name: 'Show all' }).click();
    assert.equal(await events(page).count(), 5);
  }));

test('after its end a stream is shown as events and as it was sent; what belongs to another exchange changes nothing', () =>
  withStream(async (view) => {
    const { page } = view;
    const [hop] = body('text/event-stream', 'data: a\n\n').hops;
    const stream: StreamView = {
      kind: 'events',
      pieces: [{ number: 1, atMs: 5, text: 'a', unfinished: true }],
      total: 1,
      dropped: 0,
    };
    const exchange = { ...body('', ''), id: 'ended', hops: [{ ...hop!, stream }] };
    await view.show({ type: 'show', exchange, pinned: false, strings: englishStrings });
    await add(view, ['late']);
    assert.equal(await said(page), '1 event');
    assert.equal(await page.getByRole('button', { name: 'Pause' }).count(), 0);
    assert.match((await events(page).textContent()) ?? '', /messageaThe stream ended in the middle of this event\.$/);
    await page.getByRole('button', { name: 'Raw' }).click();
    assert.match((await page.getByRole('region', { name: 'Response body' }).textContent()) ?? '', /data: a/);
  }));

test('a text without a length grows as it arrives', () =>
  withStream(async (view) => {
    const { page } = view;
    await view.show({ type: 'show', exchange: views.running(), pinned: false, strings: englishStrings });
    const piece = (number: number, text: string): StreamPieceView => ({ number, atMs: 1, text });
    const facts = { kind: 'text', dropped: 0, wireBytes: 1, decodedBytes: 1 } as const;
    for (const [index, text] of ['{"a":1}\n', '{"b"'].entries()) {
      const change = { ...facts, added: [piece(index + 1, text)], total: index + 1 };
      await view.show({ type: 'stream', id: 'running', hop: 3, change });
    }
    assert.equal(await page.locator('.stream-text').textContent(), '{"a":1}\n{"b"');
    assert.equal(await said(page), 'The text is shown as it arrives');
  }));
