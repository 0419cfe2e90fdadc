import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { BatchEntryView, BatchView } from '../../src/protocol/batchView.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import { launchBrowser } from '../host/browser.ts';
import { bundleView, openView, type ViewBundles } from './responseViewPage.ts';
import { views } from './views.ts';

let browser: Browser;
let bundles: ViewBundles;

before(async () => {
  [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
});

after(() => browser.close());

test('the exchanges of a run of several are a list of their own', async () => {
  const entry = (id: string, name: string, more: Partial<BatchEntryView>): BatchEntryView => ({
    id,
    name,
    state: 'completed',
    isGood: true,
    durationMs: 84,
    ...more,
  });
  const batch: BatchView = {
    id: 'batch',
    title: 'Send All',
    state: 'running',
    entries: [
      entry('finished', 'Log in', { outcome: '302 → 303 → 200' }),
      entry('b', 'Gone', { outcome: '404', isGood: false }),
      entry('c', 'Slow', { state: 'running' }),
      entry('d', 'Last', { state: 'waiting' }),
    ],
  };
  const view = await openView(browser, bundles);
  const { page } = view;
  const message = { type: 'show', exchange: views.finished(), pinned: false, strings: englishStrings } as const;
  await view.show({ ...message, batch });
  const list = page.getByRole('list', { name: 'Send All: 2 of 4' });
  const names = await list
    .getByRole('listitem')
    .evaluateAll((all) => all.map((item) => item.getAttribute('aria-label')));
  assert.deepEqual(names, ['1: Log in → 302 → 303 → 200', '2: Gone → 404', '3: Slow → Running…', '4: Last → waiting']);
  assert.equal(await list.locator('[aria-current=true]').textContent(), '1 Log in 302 → 303 → 200 84 ms');
  await list.locator('.entry-pick').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await list.getByRole('listitem', { name: 'Last' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  assert.deepEqual(view.posted.slice(1), [
    { type: 'openEntry', id: 'b' },
    { type: 'stopBatch', id: 'batch' },
  ]);
  assert.equal(((await view.state()) as { batch?: string }).batch, 'batch');
  await view.show({ ...message, batch: { ...batch, state: 'stopped' } });
  await page.getByRole('list', { name: 'Send All: stopped after 2 of 4' }).waitFor();
  assert.equal(await page.getByRole('listitem', { name: '4: Last → not sent any more' }).count(), 1);
  await view.show(message);
  assert.equal(await page.locator('.batch').count(), 0);
  assert.deepEqual(view.trouble, []);
  await page.context().close();
});
