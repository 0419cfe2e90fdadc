import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { freshFolder } from '../paths.ts';
import { openStage } from '../stage.ts';

const stage = await openStage();
after(() => stage.close());

test('two folders of one workspace share nothing', async () => {
  const [first, second] = [stage.examples(), stage.examples()];
  // Names of their own make the files easy to tell apart on the screen.
  cpSync(join(first, 'demo.http'), join(first, 'first.http'));
  cpSync(join(second, 'demo.http'), join(second, 'second.http'));
  const folder = freshFolder('multi-root');
  const workspace = join(folder, 'two.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
  await stage.window({ workspace, file: join(first, 'first.http') }, async (window) => {
    const { workbench, view } = window;
    await window.sendAndSee('Log in', '200 OK');
    await window.sendAndSee('Who am I', '200 OK');
    await workbench.openFile('second.http');
    await workbench.clickLens('### Who am I', /^Send$/);
    await view.shows('Who am I', '401 Unauthorized');
    await workbench.statusItem(/^Environment: no environment/).click();
    await workbench.pick('staging');
    await workbench.statusItem(/^Environment: staging/).waitFor();
    await workbench.focusEditor('first.http');
    await workbench.statusItem(/^Environment: no environment/).waitFor();
    await window.sendAndSee('Who am I', '200 OK');
    await workbench.page.getByRole('tab', { name: 'Crumbtrail' }).click();
    await workbench.treeItem(new RegExp(`^${basename(first)}`)).waitFor();
    await workbench.treeItem(new RegExp(`^${basename(second)}`)).waitFor();
    await workbench.screenshot('multi-root');
  });
  rmSync(folder, { recursive: true });
});

test('a window reload keeps the response, the session, the environment and what was compared', async () => {
  await stage.window({}, async (window) => {
    const { workbench, view } = window;
    await workbench.statusItem(/^Environment: no environment/).click();
    await workbench.pick('dev');
    await workbench.statusItem(/^Environment: dev/).waitFor();
    await window.sendAndSee('Who am I', '401 Unauthorized');
    await window.sendAndSee('Log in', '200 OK');
    await window.sendAndSee('Who am I', '200 OK');
    await window.sendAndSee('Log in', '200 OK');
    const before = await view.hopNames();
    await view.openTab('Cookies');
    await workbench.focusEditor('demo.http');
    await workbench.command('Crumbtrail: Edit Session Defaults');
    // As a preview it would give its place to the comparison.
    await workbench.until('a tab that stays', async () => {
      await workbench.tab('.jsonc').dblclick();
      return (await workbench.tab('.jsonc').locator('.italic').count()) === 0 ? true : undefined;
    });
    await workbench.focusEditor('demo.http');
    await workbench.command('Crumbtrail: Compare Responses');
    for (const step of ['Compare Responses (1 of 2)', 'Compare with…']) {
      await workbench.quickInput.getByText(step).first().waitFor();
      await workbench.pick('Who am I');
    }
    const compared = async (): Promise<void> => {
      const diff = workbench.page.locator('.monaco-diff-editor');
      await diff.locator('.editor.original .view-line').filter({ hasText: '401 Unauthorized' }).waitFor();
      await diff.locator('.editor.modified .view-line').filter({ hasText: '200 OK' }).waitFor();
    };
    await compared();
    // The view's own state, which names the response, is saved with the layout.
    await workbench.layoutSaved('crumbtrail-compare');
    await workbench.reload();
    await view.shows('Log in', '200 OK');
    assert.deepEqual(await view.hopNames(), before);
    // The address of the window names the file that it opens in front.
    await workbench.focusEditor('↔');
    await compared();
    await workbench.screenshot('compare-after-reload');
    await workbench.notification(/Parts of sessions that were open are closed/);
    await workbench.tab('.jsonc').waitFor({ state: 'detached' });
    await workbench.focusEditor('demo.http');
    await workbench.lens('### Log in', 'dev');
    await workbench.focusEditor('demo.http');
    await workbench.statusItem(/^Environment: dev/).waitFor();
    await workbench.screenshot('after-reload');
    await window.sendAndSee('Who am I', '200 OK');
  });
});

test('another window of the same folder is logged in too', async () => {
  const workspace = stage.examples();
  await stage.window({ workspace }, async (first) => {
    await first.sendAndSee('Log in', '200 OK');
    await stage.window({ workspace, beside: first.workbench.page }, (second) =>
      second.sendAndSee('Who am I', '200 OK'),
    );
  });
});

test('without the key of the session, as in another browser, a new session begins and the old one is kept aside, in words', async () => {
  const workspace = stage.examples();
  await stage.window({ workspace }, (window) => window.sendAndSee('Log in', '200 OK'));
  await stage.window({ workspace }, async (window) => {
    await window.sendAndSee('Who am I', '401 Unauthorized');
    await window.workbench.notification(/It was kept as .* an empty session begins/);
  });
});

test('a pinned response stays, and the next one opens another tab', async () => {
  await stage.window({}, async (window) => {
    const { workbench, view } = window;
    await window.sendAndSee('Log in', '200 OK');
    await view.button('Pin').click();
    await window.sendAndSee('Who am I', '200 OK');
    await workbench.tab('Log in').waitFor();
    await workbench.tab('Who am I').waitFor();
    await workbench.tab('Log in').click();
    await view.shows('Log in', '200 OK');
  });
});
