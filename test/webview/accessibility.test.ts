import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { englishStrings } from '../../src/protocol/strings.ts';
import { launchBrowser } from '../host/browser.ts';
import { bundleView, openView, type ViewBundles } from './responseViewPage.ts';
import { themes, type ThemeName } from './themes.ts';
import { views } from './views.ts';

let browser: Browser;
let bundles: ViewBundles;
let axe = '';

before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
});

after(() => browser.close());

async function violations(page: Page): Promise<string[]> {
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

async function check(theme: ThemeName, state: keyof typeof views): Promise<void> {
  const view = await openView(browser, bundles, { theme });
  await view.page.evaluate(axe);
  await view.show({ type: 'show', exchange: views[state](), pinned: false, strings: englishStrings });
  if (state === 'long') await view.page.locator('.cm-editor').waitFor();
  assert.deepEqual(await violations(view.page), [], `${state}, ${theme}`);
  if (state === 'csv') await view.page.getByText('2 rows, 2 columns').waitFor();
  if (state === 'finished') {
    await view.page.getByRole('button', { name: 'Tree', exact: true }).click();
    assert.deepEqual(await violations(view.page), [], `tree, ${theme}`);
    await view.page.getByRole('button', { name: 'Search', exact: true }).click();
    await view.page.getByRole('textbox', { name: 'Filter by JSONPath' }).fill('$.x');
    await view.page.getByText('Looking…').waitFor();
    await view.show({ type: 'filtered', ask: 1, result: { kind: 'trouble', message: 'This is no JSONPath.' } });
    await view.page.locator('.filter-words.bad').waitFor();
    assert.deepEqual(await violations(view.page), [], `filter, ${theme}`);
  }
  for (const tab of state === 'finished' ? ['Headers', 'Cookies', 'Request', 'Timing'] : []) {
    await view.page.getByRole('listitem', { name: 'Hop 1:' }).click();
    await view.page.getByRole('tab', { name: tab }).click();
    assert.deepEqual(await violations(view.page), [], `${state}, ${theme}, ${tab}`);
  }
  await view.page.context().close();
}

const states = Object.keys(views) as (keyof typeof views)[];
/** High contrast differs in its borders and colours: the states that have colours of their own will do. */
const coloured = ['finished', 'failed', 'blocked', 'unauthorized', 'long'] as const;

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`nothing stands in anybody's way: ${theme}`, async () => {
    for (const state of theme.startsWith('high') ? coloured : states) await check(theme, state);
  });
}

test('an empty view, an open menu and an open search stand in nobody’s way', async () => {
  const view = await openView(browser, bundles);
  await view.page.evaluate(axe);
  await view.show({ type: 'empty', message: 'Click “Send” above a request.' });
  assert.deepEqual(await violations(view.page), []);
  await view.show({ type: 'show', exchange: views.finished(), pinned: true, strings: englishStrings });
  await view.page.getByRole('button', { name: 'Search' }).click();
  await view.page.getByPlaceholder('Find in the body').waitFor();
  assert.deepEqual(await violations(view.page), []);
  await view.page.getByRole('button', { name: 'More actions' }).click();
  assert.deepEqual(await violations(view.page), []);
  await view.page.context().close();
});
