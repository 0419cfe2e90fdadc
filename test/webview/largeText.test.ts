import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ToView } from '../../src/protocol/messages.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import { bodyCipher } from '../../src/node/bodyCipher.ts';
import { LargeBody } from '../../src/node/large/largeBody.ts';
import { launchBrowser } from '../host/browser.ts';
import { bundleView, openView, type ViewBundles } from './responseViewPage.ts';
import { body } from './views.ts';

let browser: Browser;
let bundles: ViewBundles;

before(async () => {
  [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
});

after(() => browser.close());

/** Shows a stored body of this content, answered as the thread that reads it would. */
async function withLarge(content: string | Buffer, act: (page: Page) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'crumbtrail-large-'));
  const key = new Uint8Array(32);
  const place = (name: string) => ({ path: join(directory, name), key });
  writeFileSync(place('body').path, bodyCipher(key).at(0, Buffer.from(content)));
  const handle = { id: 'a', place: place('body'), pretty: place('b'), recoded: place('c') };
  const large = new LargeBody(typeof content === 'string' ? { ...handle, format: 'json' } : handle);
  const view = await openView(browser, bundles, {
    answer: (message) => {
      if (message.type !== 'askBody') return undefined;
      const part = large.answer(message.question);
      while (large.step());
      return { type: 'bodyPart', ask: message.ask, part };
    },
  });
  const shown =
    typeof content === 'string'
      ? body('application/json', content.slice(0, 2000))
      : body('application/octet-stream', content.subarray(0, 2000));
  const hops = shown.hops.map((hop) => ({
    ...hop,
    ...(hop.body?.kind === 'text' && { body: { ...hop.body, pretty: 'the beginning' } }),
    stored: { id: 'a', bytes: content.length },
  }));
  const message: ToView = { type: 'show', exchange: { ...shown, hops }, pinned: false, strings: englishStrings };
  await view.show(message);
  await view.page
    .locator('.large-status')
    .filter({ hasText: /^(?:Lines|Bytes)/ })
    .waitFor();
  await act(view.page);
  assert.deepEqual(view.trouble, []);
  await view.page.context().close();
  large.close();
  rmSync(directory, { recursive: true });
}

/** What breaks the rules of accessibility. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate<AxeResults>('axe.run()');
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

/** Runs with the element that scrolls as `node`. */
const inScroller = (page: Page, expression: string): Promise<unknown> =>
  page.evaluate(`((node) => ${expression})(document.querySelector('.large-scroller'))`);
/** Waits until the first line on the screen is another one, or one behind `least`. */
async function firstLine(page: Page, accept: (line: number) => boolean): Promise<number> {
  for (;;) {
    const [line = 0] = await numbers(page);
    if (accept(line)) return line;
  }
}
const text = (page: Page) => page.getByRole('document', { name: 'Response body' });
const status = (page: Page, words: string | RegExp) =>
  page.locator('.large-status').filter({ hasText: words }).waitFor();
/** A line that is just being drawn anew has none. */
async function boxOf(line: Locator): Promise<NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>> {
  for (;;) {
    const box = await line.boundingBox();
    if (box) return box;
  }
}
const numbers = async (page: Page): Promise<number[]> =>
  (await page.locator('.large-number').allInnerTexts()).map(Number);

const rows = (count: number): string =>
  JSON.stringify(Array.from({ length: count }, (_, id) => ({ id, in: { a: [id] } })));

test('the lines near the screen are there and no others, wherever it is scrolled to', () =>
  withLarge(rows(50_000), async (page) => {
    await status(page, /^Lines 1 to \d+ of 300,002$/);
    assert.ok((await page.locator('.large-line').count()) < 80);
    await inScroller(page, 'node.scrollTop = node.scrollHeight');
    await page.locator('.large-number').getByText('300002', { exact: true }).waitFor();
    assert.ok((await page.locator('.large-line').count()) < 80);
    await text(page).press('Control+Home');
    await status(page, /^Lines 1 to/);
    await text(page).press('PageDown');
    await firstLine(page, (line) => line > 10);
    const seen = await numbers(page);
    assert.deepEqual(
      seen,
      seen.map((_, index) => (seen[0] ?? 0) + index),
    );
  }));

test('a scroll bar that stands for more than a browser draws leads to every line, and the wheel goes line by line', () =>
  withLarge(rows(200_000), async (page) => {
    await status(page, /of 1,200,002$/);
    const at = async (): Promise<number> => (await numbers(page))[0] ?? 0;
    await inScroller(page, 'node.scrollTop = (node.scrollHeight - node.clientHeight) / 2');
    await firstLine(page, (line) => line > 590000);
    const before = await at();
    await text(page).hover();
    await page.mouse.wheel(0, 100);
    await firstLine(page, (line) => line !== before);
    assert.ok((await at()) - before > 0 && (await at()) - before < 12, `${before} to ${await at()}`);
    await text(page).press('Control+End');
    await page.locator('.large-number').getByText('1200002', { exact: true }).waitFor();
  }));

test('a long line is read sideways to its end', () =>
  withLarge(`["${'0123456789'.repeat(400_000)}the end"]`, async (page) => {
    await page.getByRole('button', { name: 'Raw' }).click();
    await status(page, 'Lines 1 to 1 of 1');
    await page.locator('.large-text').filter({ hasText: '["0123' }).waitFor();
    await inScroller(page, 'node.scrollLeft = node.scrollWidth');
    const end = page.locator('.large-text').filter({ hasText: 'the end' });
    await end.waitFor();
    const box = await text(page).boundingBox();
    const right = await page.evaluate<number>("document.querySelector('.large-text').getBoundingClientRect().right");
    assert.ok(right > (box?.x ?? 0) && right <= (box?.x ?? 0) + (box?.width ?? 0), `${right}`);
    assert.ok((await end.innerText()).length < 8000);
  }));

test('folding hides the lines of an object and keeps the numbers of the others', () =>
  withLarge(rows(1000), async (page) => {
    await page.getByRole('button', { name: 'Fold 2', exact: true }).click();
    await page.getByRole('button', { name: 'Unfold 2', exact: true }).waitFor();
    assert.deepEqual((await numbers(page)).slice(0, 4), [1, 2, 7, 8]);
    await status(page, /^Lines 1 to/);
    await page.getByRole('button', { name: 'Unfold 2', exact: true }).click();
    await page.getByRole('button', { name: 'Fold 2', exact: true }).waitFor();
    assert.deepEqual((await numbers(page)).slice(0, 4), [1, 2, 3, 4]);
  }));

test('a search walks through its matches, and Escape gives the keyboard back to the text', () =>
  withLarge(rows(20_000), async (page) => {
    await text(page).press('Control+f');
    await page.keyboard.type('"id": 1234');
    const count = page.locator('.large-count');
    await count.getByText('1 of 11', { exact: true }).waitFor();
    await page.locator('.large-found').getByText('1234').waitFor();
    await page.keyboard.press('Enter');
    await count.getByText('2 of 11', { exact: true }).waitFor();
    // Two keys before the first one is answered are two steps.
    await page.evaluate(
      "for (const key of ['Enter', 'Enter']) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: true, bubbles: true }))",
    );
    await count.getByText('11 of 11', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.large-find').isVisible(), false);
    assert.equal(await page.locator('.large-found').count(), 0);
    await page.keyboard.press('F3');
    assert.equal(await page.locator('.large-find').isVisible(), true);
  }));

test('a filter goes through all of it, tells how much it found, and gives the text back', () =>
  withLarge(rows(60_000), async (page) => {
    const filter = page.getByRole('textbox', { name: 'Filter by JSONPath' });
    await filter.fill('$[59999].in.a');
    await page.locator('.filter-words').getByText('1 found', { exact: true }).waitFor();
    await page.locator('.line').filter({ hasText: '[59999]' }).waitFor();
    await filter.fill('$..a[0]');
    await page
      .locator('.filter-words')
      .getByText('60,000 found · The first 20,000 are shown', { exact: false })
      .waitFor();
    await filter.press('Escape');
    await status(page, /^Lines 1 to \d+ of 360,002$/);
  }));

test('bytes are scrolled through to the last one, gone to by offset and searched by keys', async () => {
  const bytes = Buffer.alloc(5_000_000, 1);
  bytes.write('the last', 4_999_992, 'latin1');
  await withLarge(bytes, async (page) => {
    await status(page, /^Bytes 0 to \d+ of 5,000,000$/);
    assert.equal(await page.locator('.cut').count(), 0);
    assert.deepEqual(await violations(page), []);
    await text(page).press('Control+End');
    const last = page.locator('.large-text').filter({ hasText: 'the last' });
    await last.waitFor();
    await status(page, /to 4,999,999 of 5,000,000$/);
    await text(page).press('Control+g');
    await page.keyboard.type('0x1000f');
    await page.keyboard.press('Enter');
    await page.locator('[data-line="4096"] .large-found').waitFor();
    assert.match(await page.locator('[data-line="4096"]').innerText(), /00010000 {2}01/);
    await text(page).press('Control+f');
    await page.getByRole('searchbox', { name: 'Find text, or bytes as 0x4f6b' }).fill('20 6c 61 73 74');
    await page.locator('.large-count').getByText('1 of 1', { exact: true }).waitFor();
    assert.deepEqual(await violations(page), []);
    await last.waitFor();
    await page.keyboard.press('Escape');
    await text(page).press('Control+a');
    await page.locator('.large-selected').first().waitFor();
  });
});

test('a selection is led by mouse and keys over lines that are not on the screen', async () => {
  await withLarge(rows(20_000), async (page) => {
    const first = page.locator('[data-line="2"] .large-text');
    const box = await boxOf(first);
    await page.mouse.move(box.x + 1, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 60);
    await page.mouse.up();
    assert.ok((await page.locator('.large-selected').count()) > 2);
    for (let page_ = 0; page_ < 3; page_++) await page.keyboard.press('Shift+PageDown');
    await page.keyboard.press('Control+c');
    await status(page, 'clipboard');
    await page.keyboard.press('Control+a');
    await page.locator('.large-selected').first().waitFor();
  });
});

test('of a body that is on its way the first lines are there, and nothing that needs all of it', async () => {
  const { hops, ...shown } = body('application/json', '[1]');
  const lines = Array.from({ length: 500 }, (_, at) => `line ${at}`).join('\n');
  const beginning = {
    kind: 'text',
    language: 'plain',
    mediaType: 'text/plain',
    text: lines,
    bytes: lines.length,
  } as const;
  const coming = hops.map(({ body: finished, ...hop }) => (finished ? { ...hop, beginning } : hop));
  const view = await openView(browser, bundles);
  const exchange = { ...shown, state: 'running', hops: coming } as const;
  await view.show({ type: 'show', exchange, pinned: false, strings: englishStrings });
  const { page } = view;
  await page.getByText('the rest is on its way').waitFor();
  assert.equal(await page.locator('.line').count(), 100);
  assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
  const finished = { ...shown, hops };
  await view.show({ type: 'show', exchange: finished, pinned: false, strings: englishStrings });
  await page.getByRole('button', { name: 'Save' }).waitFor();
  assert.equal(await page.getByText('the rest is on its way').count(), 0);
  assert.deepEqual(view.trouble, []);
  await page.context().close();
});
