import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { ExchangeView } from '../../src/protocol/exchangeView.ts';
import type { FromView } from '../../src/protocol/messages.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import { launchBrowser } from '../host/browser.ts';
import { wave } from '../support/wave.ts';
import { bundleView, openView, type ViewBundles, type ViewPage } from './responseViewPage.ts';
import { body, views } from './views.ts';

let browser: Browser;
let bundles: ViewBundles;

before(async () => {
  [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
});

after(() => browser.close());

async function withView(exchange: ExchangeView, act: (view: ViewPage) => Promise<void>): Promise<void> {
  const view = await openView(browser, bundles);
  await show(view, exchange);
  await act(view);
  assert.deepEqual(view.trouble, []);
  await view.page.context().close();
}

async function show(view: ViewPage, exchange: ExchangeView): Promise<void> {
  await view.show({ type: 'show', exchange, pinned: false, strings: englishStrings });
}

async function mode(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function rows(page: Page): Promise<string[]> {
  return page.getByRole('treeitem').allTextContents();
}

async function focusOn(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, text);
}

test('JSON as a tree: every value as it was sent, opened and walked by the keyboard alone', () =>
  withView(views.finished(), async ({ page, posted }) => {
    await mode(page, 'Tree');
    assert.deepEqual(await rows(page), [
      '${2}',
      '"user"{3}',
      '"id"12345678901234567890',
      '"name""Ada Lovelace"',
      '"admin"false',
      '"items"[2]',
      '0{2}',
      '"sku""A-1"',
      '"price"12.50',
      '1{2}',
      '"sku""B-7"',
      '"price"3.00',
    ]);
    const tree = page.getByRole('tree', { name: 'Response body as a tree' });
    await tree.getByRole('treeitem').first().focus();
    for (const [key, expected] of [
      ['ArrowDown', '"user"{3}'],
      ['ArrowRight', '"id"12345678901234567890'],
      ['End', '"price"3.00'],
      ['ArrowLeft', '1{2}'],
      ['ArrowLeft', '1{2}'],
      ['ArrowUp', '"price"12.50'],
      ['Home', '${2}'],
    ] as const) {
      await page.keyboard.press(key);
      await focusOn(page, expected);
    }
    assert.equal((await rows(page)).length, 10);
    await page.keyboard.press('ArrowDown');
    await focusOn(page, '"user"{3}');
    assert.equal(await page.locator(':focus').getAttribute('aria-posinset'), '1');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.locator('.path-shown', { hasText: '$.user.name' }).waitFor();
    await mode(page, 'Copy path');
    await mode(page, 'Copy value');
    await page.getByRole('treeitem', { name: '"name"' }).focus();
    await page.keyboard.press('Control+c');
    assert.deepEqual(posted.slice(-3), [
      { type: 'copyText', text: '$.user.name' },
      { type: 'copyText', text: 'Ada Lovelace' },
      { type: 'copyText', text: 'Ada Lovelace' },
    ]);
  }));

test('a click into the lines tells the path, in short texts and in the viewer', () =>
  withView(views.finished(), async ({ page, posted }) => {
    await page.getByRole('region', { name: 'Response body' }).getByText('"B-7"').click();
    await page.locator('.path-shown', { hasText: '$.items[1].sku' }).waitFor();
    await mode(page, 'Copy path');
    assert.deepEqual(posted.at(-1), { type: 'copyText', text: '$.items[1].sku' });
    await mode(page, 'Search');
    await page.locator('.cm-content').getByText('"Ada Lovelace"').click();
    await page.locator('.path-shown', { hasText: '$.user.name' }).waitFor();
    await mode(page, 'Copy value');
    assert.deepEqual(posted.at(-1), { type: 'copyText', text: 'Ada Lovelace' });
  }));

test('a tree finds what is not open yet, in ten thousands of rows', () =>
  withView(views.long(), async ({ page }) => {
    await mode(page, 'Tree');
    const { length } = await rows(page);
    assert.ok(length > 0 && length < 100, `${length} rows are drawn`);
    await mode(page, 'Search');
    await page.getByRole('textbox', { name: 'Find in the body' }).fill('ITEM 1987');
    await page.keyboard.press('Enter');
    await page.locator('.tree-row.selected', { hasText: 'item 1987' }).waitFor();
    await page.locator('.path-shown', { hasText: '$[1987].name' }).waitFor();
    await page.getByRole('textbox', { name: 'Find in the body' }).fill('item 99999');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing found', { exact: true }).waitFor();
  }));

test('XML as a tree', () =>
  withView(views.xml(), async ({ page }) => {
    await mode(page, 'Tree');
    assert.deepEqual(await rows(page), ['<note>', '@langen', '#comment<!-- hi -->', '<to>Ada', '<empty>']);
    await page.getByRole('treeitem', { name: 'Ada' }).click();
    await page.locator('.path-shown', { hasText: '/note/to' }).waitFor();
  }));

test('lines of JSON are items, and a hundred thousand levels are drawn', () =>
  withView(body('application/x-ndjson', '{"a":1}\n{"a":2}\n'), async (view) => {
    await mode(view.page, 'Tree');
    assert.deepEqual(await rows(view.page), ['$[2]', '0{1}', '"a"1', '1{1}', '"a"2']);
    await show(view, { ...body('application/json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`), id: 'deep' });
    await mode(view.page, 'Tree');
    await view.page.getByRole('treeitem').first().focus();
    await view.page.keyboard.press('End');
    await view.page.locator(':focus.tree-row').waitFor();
  }));

/** What the view asks for a path. It draws that it looks before it asks. */
async function questionOf(
  { page, posted }: ViewPage,
  path: string,
): Promise<Extract<FromView, { type: 'filterBody' }>> {
  for (;;) {
    const last = posted.at(-1);
    if (last?.type === 'filterBody' && last.path === path) return last;
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
}

test('a filter narrows the body in all its forms; what is wrong with it stands at it', () =>
  withView(views.finished(), async (view) => {
    const { page } = view;
    const field = page.getByRole('textbox', { name: 'Filter by JSONPath' });
    await field.fill('$.items[*].sku');
    await page.getByText('Looking…').waitFor();
    const first = await questionOf(view, '$.items[*].sku');
    assert.deepEqual(first, { type: 'filterBody', id: 'finished', hop: 3, path: '$.items[*].sku', ask: 1 });
    await view.show({
      type: 'filtered',
      ask: first.ask,
      result: { kind: 'found', text: '["A-1",\n"B-7"]', places: ['$.items[0].sku', '$.items[1].sku'] },
    });
    await page.getByText('2 found', { exact: true }).waitFor();
    assert.match(await page.getByRole('region', { name: 'Response body' }).innerText(), /"A-1",\s+"B-7"/);
    await mode(page, 'Tree');
    assert.deepEqual(await rows(page), ['$[2]', '$.items[0].sku"A-1"', '$.items[1].sku"B-7"']);
    await page.getByRole('treeitem', { name: 'B-7' }).click();
    await page.locator('.path-shown', { hasText: '$.items[1].sku' }).waitFor();
    await field.fill('$.[');
    await page.getByText('Looking…').waitFor();
    await view.show({
      type: 'filtered',
      ask: (await questionOf(view, '$.[')).ask,
      result: { kind: 'trouble', message: 'This is no JSONPath.' },
    });
    await page.locator('.filter-words.bad', { hasText: 'This is no JSONPath.' }).waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await field.press('Escape');
    await page.getByRole('treeitem', { name: '"user"' }).waitFor();
    assert.equal(await field.inputValue(), '');
  }));

test('CSV and forms are tables of which only the rows on the screen are drawn', () => {
  const lines = Array.from({ length: 20_000 }, (_, id) => `${id},"Ada ""${id}"", and more"`);
  return withView(body('text/csv', ['id,name', ...lines].join('\r\n')), async (view) => {
    const { page } = view;
    const table = page.getByRole('table', { name: 'Response body as a table' });
    await page.getByText('20000 rows, 2 columns').waitFor();
    assert.deepEqual(await table.getByRole('columnheader').allTextContents(), ['id', 'name']);
    assert.deepEqual(await table.getByRole('row').nth(1).getByRole('cell').allTextContents(), [
      '0',
      'Ada "0", and more',
    ]);
    assert.ok((await table.getByRole('row').count()) < 80);
    await table.focus();
    await page.keyboard.press('End');
    await table.getByText('Ada "19999", and more').waitFor();
    await mode(page, 'Raw');
    await show(view, { ...body('application/x-www-form-urlencoded', 'a=1%262&b=%C3%A9+x&b='), id: 'form' });
    const cells = page.getByRole('cell');
    await cells.first().waitFor();
    assert.deepEqual(await cells.allTextContents(), ['a', '1&2', 'b', 'é x', 'b', '']);
  });
});

test('a multipart body is shown part by part, each in its own form', () => {
  const text = [
    '--XX',
    'Content-Disposition: form-data; name="meta"',
    'Content-Type: application/json',
    '',
    '{"n":1.50}',
    '--XX',
    'Content-Disposition: form-data; name="file"; filename="é.bin"',
    'Content-Type: application/octet-stream',
    '',
    'bytes',
    '--XX--',
    '',
  ].join('\r\n');
  return withView(body('multipart/form-data; boundary=XX', text), async ({ page }) => {
    const list = page.getByRole('list', { name: 'Parts of the body' });
    assert.deepEqual(await list.getByRole('listitem').allTextContents(), [
      'meta application/json 10 B',
      'file · é.bin application/octet-stream 5 B',
    ]);
    assert.match(await page.getByRole('region', { name: 'Response body' }).innerText(), /"n": 1\.50/);
    await list.getByRole('button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText('62 79 74 65 73').waitFor();
    await mode(page, 'Raw');
    assert.match(await page.getByRole('region', { name: 'Response body' }).innerText(), /--XX--/);
  });
});

test('bytes of any length scroll; they can be read as text in any encoding', () =>
  withView(
    body(
      'application/octet-stream',
      Uint8Array.from({ length: 300_000 }, (_, index) => index % 251),
    ),
    async ({ page, posted }) => {
      const dump = page.getByRole('region', { name: 'Response body' });
      await dump.focus();
      await page.keyboard.press('End');
      await dump.getByText('000493e0').waitFor({ state: 'detached' });
      await dump.getByText('000493d0').waitFor();
      await page.getByRole('button', { name: 'Encoding: Read as text' }).click();
      await page.getByRole('menuitemradio', { name: 'shift_jis' }).click();
      assert.deepEqual(posted.at(-1), { type: 'decodeBody', id: 'finished', hop: 1, encoding: 'shift_jis' });
    },
  ));

test('sound plays when asked, a PDF goes to another program, a page to a panel of its own, SVG stays a picture', () =>
  withView(body('audio/wav', wave()), async (view) => {
    const { page, posted } = view;
    const audio = page.getByLabel('The recording that the server sent');
    await page.waitForFunction(() => document.querySelector('audio')?.readyState === 4);
    assert.equal(await audio.evaluate((element) => (element as unknown as { paused: boolean }).paused), true);
    await show(view, { ...body('application/pdf', Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0)), id: 'pdf' });
    await page.getByText('A PDF document of 5 B').waitFor();
    await mode(page, 'Open outside');
    assert.deepEqual(posted.at(-1), { type: 'openOutside', id: 'pdf', hop: 1 });
    await show(view, { ...body('text/html', '<p>hi'), id: 'html' });
    await mode(page, 'Preview');
    assert.deepEqual(posted.at(-1), { type: 'previewBody', id: 'html', hop: 1 });
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><script>globalThis.hacked = 1</script></svg>';
    await show(view, { ...body('image/svg+xml', svg), id: 'svg' });
    await mode(page, 'Image');
    await page.getByText('image/svg+xml · 40 × 30 pixels').waitFor();
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
  }));

test('every language has its colours, in short texts and in the viewer', async () => {
  const samples = {
    'text/html': ['<p class="x">hi</p><style>a { color: red }</style>', 'class'],
    'text/css': ['/* c */ a { color: red }', '/* c */'],
    'text/javascript': ['const a = "x"; // c', '"x"'],
    'application/yaml': ['a: "x" # c', '"x"'],
    'application/graphql': ['query A { user(id: "x") }', '"x"'],
    'application/xml': ['<a b="x"/>', '"x"'],
    'application/json': ['{"a":"x"}', '"x"'],
  } as const;
  const view = await openView(browser, bundles);
  for (const [type, [text, coloured]] of Object.entries(samples)) {
    await show(view, { ...body(type, text), id: type });
    const colour = async (): Promise<string> => {
      const piece = view.page.locator('.panel span', { hasText: coloured }).last();
      return piece.evaluate((element) => getComputedStyle(element as never).color);
    };
    const plain = await view.page.locator('.panel').evaluate((element) => getComputedStyle(element as never).color);
    assert.notEqual(await colour(), plain, `${type}, plain`);
    await mode(view.page, 'Search');
    await view.page.locator('.cm-content span span, .cm-line span').filter({ hasText: coloured }).first().waitFor();
    assert.notEqual(await colour(), plain, `${type}, viewer`);
  }
  assert.deepEqual(view.trouble, []);
  await view.page.context().close();
});
