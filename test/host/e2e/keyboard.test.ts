import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { after, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openStage, writeRequests } from '../stage.ts';

const stage = await openStage();
after(() => stage.close());

test('everything of the first minutes goes by keyboard alone', async () => {
  await stage.window({}, async ({ workbench, view, file }) => {
    const { keyboard } = workbench.page;
    await workbench.lens('### Log in', /^Send$/);

    await keyboard.press('Control+1');
    await workbench.gotoLine(readFileSync(file, 'utf8').split('\n').indexOf('### Log in') + 4);
    await keyboard.press('Control+Alt+R');
    await view.shows('Log in', '200 OK');

    // The send leaves the keyboard in the editor; the response takes it only when asked.
    await workbench.command('Crumbtrail: Focus Response');
    await workbench.activeTab('Log in').waitFor();
    await tabTo(view.hop(3).locator(':focus'));
    await keyboard.press('ArrowUp');
    await view.hop(2).locator(':focus').waitFor();
    await tabTo(workbench.webview.locator('[role=tab]:focus'));
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await workbench.webview.getByRole('tab', { name: 'Cookies', selected: true }).waitFor();
    assert.deepEqual(await view.cookies('Set'), ['session']);

    await keyboard.press('Control+1');
    await workbench.activeTab(basename(file)).waitFor();
    // The frame of the response gives the keyboard back a moment after the tab is in front: a key pressed in between is lost.
    await workbench.press(['Control+Alt+E'], workbench.quickRow('staging'));
    await keyboard.type('staging');
    await keyboard.press('Enter');
    await workbench.statusItem(/^Environment: staging/).waitFor();
    await workbench.press(['Control+Alt+L'], workbench.webview.locator('.meta').getByText('staging', { exact: true }));
    await view.shows('Log in', '200 OK');

    async function tabTo(wanted: Locator): Promise<void> {
      for (let step = 0; step < 30; step += 1) {
        if ((await wanted.count()) > 0) return;
        await keyboard.press('Tab');
      }
      assert.fail('the element was not reached in 30 steps of Tab');
    }
  });
});

test('a running send is cancelled with its key', async () => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'slow.http', ['### Takes long', 'GET {{host}}/slow?ms=60000']);
  await stage.window({ workspace: folder, file }, async ({ workbench, view }) => {
    await workbench.lens('### Takes long', /^Send$/);
    await workbench.page.keyboard.press('Control+1');
    await workbench.page.keyboard.press('Control+Alt+R');
    await view.shows('Takes long', 'Running…');
    await workbench.page.keyboard.press('Control+Alt+K');
    await view.shows('Takes long', 'Cancelled');
  });
});
