import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { FromView, ToView } from '../../src/protocol/messages.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import { launchBrowser } from '../host/browser.ts';
import { bundleView, openView, type ViewBundles, type ViewPage } from './responseViewPage.ts';
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
  // What is in order is of no interest, and as much as the page: it stays there.
  const found = await page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return (await judge.run({ resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** One page for all states of a theme, as one response tab shows one exchange after another. */
async function check(theme: ThemeName, shown: readonly (keyof typeof views)[]): Promise<void> {
  const view = await openView(browser, bundles, { theme, answer: noPath });
  await view.page.evaluate(axe);
  for (const state of shown) {
    await view.show({ type: 'show', exchange: views[state](), pinned: false, strings: englishStrings });
    if (state === 'long') await view.page.locator('.cm-editor').waitFor();
    assert.deepEqual(await violations(view.page), [], `${state}, ${theme}`);
    if (state === 'csv') await view.page.getByText('2 rows, 2 columns').waitFor();
  }
  await checkParts(view, theme);
  await view.page.context().close();
}

/** What is typed into a filter is nothing that could be looked for. */
function noPath(message: FromView): ToView | undefined {
  if (message.type !== 'filterBody') return undefined;
  return { type: 'filtered', ask: message.ask, result: { kind: 'trouble', message: 'This is no JSONPath.' } };
}

/** Everything that can be opened in an exchange with a chain. */
async function checkParts(view: ViewPage, theme: ThemeName): Promise<void> {
  const { page } = view;
  await view.show({ type: 'show', exchange: views.finished(), pinned: false, strings: englishStrings });
  assert.deepEqual(await violations(page), [], `finished, ${theme}`);
  await page.getByRole('button', { name: 'Tree', exact: true }).click();
  assert.deepEqual(await violations(page), [], `tree, ${theme}`);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await typeFilter(page.getByRole('textbox', { name: 'Filter by JSONPath' }), page.locator('.filter-words.bad'));
  assert.deepEqual(await violations(page), [], `filter, ${theme}`);
  for (const tab of ['Headers', 'Cookies', 'Request', 'Timing']) {
    await page.getByRole('listitem', { name: 'Hop 1:' }).click();
    await page.getByRole('tab', { name: tab }).click();
    assert.deepEqual(await violations(page), [], `finished, ${theme}, ${tab}`);
  }
}

/** A filter typed while the search opens beside it may be taken back: it is typed until it is answered. */
async function typeFilter(field: Locator, answer: Locator): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await field.fill('');
    await field.fill('$.x');
    const missing = await answer.waitFor({ timeout: 3000 }).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    if (!missing) return;
    if (tries === 8) throw missing.error;
  }
}

const states = (Object.keys(views) as (keyof typeof views)[]).filter((state) => state !== 'finished');
/** High contrast differs in its borders and colours: the states that have colours of their own will do. */
const coloured = ['failed', 'blocked', 'unauthorized', 'long'] as const;

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`nothing stands in anybody's way: ${theme}`, () => check(theme, theme.startsWith('high') ? coloured : states));
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
