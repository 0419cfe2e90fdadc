import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openStage, writeRequests, type Window } from '../stage.ts';

const stage = await openStage();
after(() => stage.close());

test('environments, two users side by side, why not sent, and the way back', async (all) => {
  const folder = stage.examples();
  const environments = join(folder, 'http-client.env.json');
  const written = JSON.parse(readFileSync(environments, 'utf8')) as Record<string, object>;
  const prod = { $protected: true, $color: 'red' };
  writeFileSync(
    environments,
    JSON.stringify({ ...written, dev: { ...written['dev'], $color: 'green' }, prod }, undefined, 2),
  );
  const file = writeRequests(folder, 'users.http', [
    '### Log in as Ada',
    'POST {{host}}/login',
    'Content-Type: application/x-www-form-urlencoded',
    '',
    'user=ada&password=lovelace',
    '',
    '### Log in as Grace',
    '# @session grace',
    'POST {{host}}/login',
    'Content-Type: application/x-www-form-urlencoded',
    '',
    'user=grace&password=hopper',
    '',
    '### Who am I',
    'GET {{host}}/me',
  ]);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench, view } = window;
    const { page } = workbench;
    const body = async () => (await view.openTab('Body')).innerText();

    await window.step(
      all,
      'the environment is switched with the keyboard, and each says where it comes from',
      async () => {
        // Its command is there when the lenses are.
        await workbench.lens('### Log in as Ada', 'no environment');
        await workbench.focusEditor('users.http');
        await workbench.press(['Control+Alt+e'], workbench.quickRow('dev'));
        assert.match(await workbench.quickRow('dev').innerText(), /http-client\.env\.json/);
        await workbench.screenshot('sessions-environment-picker');
        await answer(window, 'Environment of', 'dev');
        await workbench.statusItem(/^Environment: dev/).waitFor();
      },
    );

    await window.step(all, 'two users against one host share nothing', async () => {
      await window.sendAndSee('Log in as Ada', '200 OK');
      await window.sendAndSee('Log in as Grace', '200 OK');
      await window.sendAndSee('Who am I', '200 OK');
      assert.match(await body(), /ada/);
      await workbench.reveal(file, '### Who am I');
      await workbench.command('Crumbtrail: Send Request as…');
      await workbench.pick('grace');
      await workbench.until('the answer for Grace', async () => ((await body()).includes('grace') ? true : undefined));
      await workbench.statusItem(/^Session: default, 2 cookies/).waitFor();
    });

    await window.step(all, 'the view lists both sessions, what each send changed, and hides every value', async () => {
      await page.getByRole('tab', { name: 'Crumbtrail' }).click();
      await workbench.treeItem(/^default/).waitFor();
      await workbench.treeItem(/^grace/).waitFor();
      assert.match(await workbench.treeItem(/^session /).innerText(), /••••••/);
      await workbench.treeItem(/^Log in as Ada/).waitFor();
      await workbench.screenshot('sessions-view');
    });

    await window.step(all, 'why is a cookie not sent', async () => {
      await workbench.reveal(file, '### Who am I');
      await workbench.gotoLine(15);
      await workbench.command('Crumbtrail: Why Is a Cookie Not Sent?');
      await workbench.line('Cookies for GET').waitFor();
      await workbench.line('Sent: 2 cookies').waitFor();
      await workbench.screenshot('sessions-why');
      await page.keyboard.press('Control+w');
    });

    await window.step(all, 'one cookie is deleted and comes back', async () => {
      await inlineAction(window, /^session /, 'Delete Cookie', workbench.treeItem(/^session /), 'hidden');
      await window.sendAndSee('Who am I', '401 Unauthorized');
      await workbench.command('Crumbtrail: Undo Last Change of the Session');
      await workbench.treeItem(/^session /).waitFor();
      await window.sendAndSee('Who am I', '200 OK');
    });

    await window.step(all, 'a cookie is edited in a document that says what is wrong', async () => {
      const tab = workbench.tab('cookie.jsonc');
      await inlineAction(window, /^session /, 'Edit Cookie', tab);
      await workbench.line('"httpOnly": true').waitFor();
      await workbench.screenshot('sessions-edit-cookie');
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText('session=wrong; Domain=co.uk');
      await page.keyboard.press('Control+s');
      await workbench.notification(/co\.uk is a public suffix/);
      await tab.click();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText('Set-Cookie: session=mine; Path=/; HttpOnly');
      await page.keyboard.press('Control+s');
      await workbench.treeItem(/^Cookie session edited/).waitFor();
      await page.keyboard.press('Control+w');
      await window.sendAndSee('Who am I', '401 Unauthorized');
      await workbench.command('Crumbtrail: Undo Last Change of the Session');
    });

    await window.step(all, 'what a send changed is undone in its response', async () => {
      await window.sendAndSee('Log in as Ada', '200 OK');
      const changed = workbench.webview.getByRole('region', { name: 'In the session' });
      assert.match(await changed.innerText(), /2 cookies changed/);
      await changed.getByRole('button', { name: 'Undo' }).click();
      await changed.getByText('undone').waitFor();
    });

    await window.step(all, 'a filter shows what it hides', async () => {
      await workbench.command('Crumbtrail: Filter the Session View');
      await answer(window, 'Filter the session view', 'ticket');
      await page
        .locator('.part.sidebar')
        .getByText(/^Filter “ticket”: \d of \d+ shown/)
        .waitFor();
      await workbench.treeItem(/^session /).waitFor({ state: 'detached' });
      await workbench.command('Crumbtrail: Clear the Filter');
      await workbench.treeItem(/^session /).waitFor();
    });

    await window.step(all, 'a snapshot is taken, compared and restored', async () => {
      await workbench.command('Crumbtrail: Take a Snapshot of the Session');
      await answer(window, 'Snapshot of the session', 'logged in');
      await workbench.treeItem(/^Snapshots/).waitFor();
      await workbench.command('Crumbtrail: Clear Cookies');
      await workbench.dialog.getByRole('button', { name: 'Clear' }).click();
      await workbench.treeItem(/^session /).waitFor({ state: 'detached' });
      await workbench.command('Crumbtrail: Compare Sessions');
      await workbench.pick('logged in');
      await workbench.tab('default (dev) ↔ logged in').waitFor();
      await workbench.screenshot('sessions-compare');
      await page.keyboard.press('Control+w');
      await workbench.command('Crumbtrail: Restore a Snapshot');
      await workbench.pick('logged in');
      await workbench.treeItem(/^session /).waitFor();
    });

    await window.step(all, 'another window of the folder shows the same, and what it does is seen here', async () => {
      await stage.window({ workspace: folder, file, beside: page }, async (second) => {
        await second.workbench.page.getByRole('tab', { name: 'Crumbtrail' }).click();
        await second.workbench.statusItem(/^Environment: dev/).waitFor();
        await second.workbench.treeItem(/^login_ticket/).waitFor();
        const ticket = second.workbench.treeItem(/^login_ticket/);
        await inlineAction(second, /^login_ticket/, 'Delete Cookie', ticket, 'hidden');
      });
      await page.bringToFront();
      await workbench.treeItem(/^login_ticket/).waitFor({ state: 'detached' });
    });

    await window.step(all, 'base and overlay together, and production warns', async () => {
      await workbench.focusEditor('users.http');
      await workbench.statusItem(/^Environment: dev/).click();
      await workbench.pick('Combine several…');
      await workbench.pick('dev');
      await workbench.pick('prod');
      await workbench.pick('Done');
      await workbench.statusItem(/^Environment: dev \+ prod/).waitFor();
      await window.send('Log in as Ada');
      await workbench.dialog.getByText(/protected environment “prod”/).waitFor();
      await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
      await workbench.screenshot('sessions-production');
    });
  });
});

/** Clicks an action that shows when the mouse rests on a row of the view, until `effect` is there, or gone. */
async function inlineAction(
  { workbench }: Window,
  row: RegExp,
  action: string,
  effect: Locator,
  state: 'visible' | 'hidden' = 'visible',
): Promise<void> {
  const item = workbench.treeItem(row);
  const click = async (): Promise<void> => {
    await item.hover({ timeout: 2000 });
    await item.getByRole('button', { name: action }).click({ timeout: 2000 });
  };
  await workbench.repeat(click, effect, state);
}

/** Types into the input box with this title and confirms. */
async function answer({ workbench }: Window, title: string, text: string): Promise<void> {
  const box = workbench.quickInput.filter({ hasText: title });
  await box.locator('input').first().fill(text);
  await workbench.repeat(() => workbench.page.keyboard.press('Enter'), box, 'hidden');
}
