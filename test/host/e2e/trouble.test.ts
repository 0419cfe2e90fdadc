import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { openStage, writeRequests } from '../stage.ts';

const stage = await openStage();
after(() => stage.close());

test('what cannot be sent or does not arrive is explained in the view, with the next step', async (trouble) => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'trouble.http', [
    '### Unknown variable',
    'GET {{host}}/me?x={{nowhere}}',
    '',
    '### Nobody listens',
    `GET http://127.0.0.1:${await closedPort()}/`,
    '',
    '### Missing file',
    'POST {{host}}/items',
    '',
    '< ./not-there.json',
    '',
    '### Takes long',
    'GET {{host}}/slow?ms=60000',
    '',
    '### Loop',
    'GET {{host}}/errors/loop',
    '',
    '### Truncated',
    'GET {{host}}/errors/truncated',
  ]);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench, view } = window;

    await window.step(trouble, 'an unresolved variable blocks the send and stands in the problems list', async () => {
      await window.sendAndSee('Unknown variable', 'Not sent');
      await view.button('line 2').waitFor();
      assert.match(await workbench.webview.getByRole('main').innerText(), /nowhere/);
      await workbench
        .statusItem(/1 Error/i)
        .or(workbench.page.locator('[id="status.problems"]'))
        .first()
        .waitFor();
      await workbench.screenshot('trouble-unresolved');
      await view.button('line 2').click();
      await workbench.page
        .getByText(/Ln 2, Col/)
        .first()
        .waitFor();
    });

    await window.step(trouble, 'a refused connection says so', async () => {
      await window.sendAndSee('Nobody listens', 'Failed');
      assert.match(await view.alert.innerText(), /refused/i);
      await workbench.screenshot('trouble-refused');
    });

    await window.step(trouble, 'a missing body file is named', async () => {
      await window.sendAndSee('Missing file', /Not sent|Failed/);
      assert.match(await workbench.webview.getByRole('main').innerText(), /not-there\.json/);
    });

    await window.step(trouble, 'a redirect loop keeps the hops made', async () => {
      await window.sendAndSee('Loop', 'Failed');
      assert.ok((await view.hopNames()).length > 10);
    });

    await window.step(trouble, 'half a body is shown as far as it came', async () => {
      await window.sendAndSee('Truncated', 'Failed');
      assert.ok((await view.alert.innerText()).length > 0);
    });

    await window.step(trouble, 'Cancel in the lens ends a slow request', async () => {
      await window.send('Takes long');
      await workbench.clickLens('### Takes long', 'Cancel');
      await view.shows('Takes long', 'Cancelled');
      await workbench.lens('### Takes long', /^Send$/);
    });

    await window.step(trouble, 'Cancel in the view ends it too', async () => {
      await window.send('Takes long');
      await view.shows('Takes long', 'Running…');
      await workbench.screenshot('trouble-running');
      await view.button('Cancel').click();
      await view.shows('Takes long', 'Cancelled');
    });

    await window.step(trouble, 'the session is intact: the next request works', async () => {
      // Into the group of the request files: the response's own group would hide the response.
      await workbench.page.keyboard.press('Control+1');
      await workbench.openFile('demo.http');
      await workbench.clickLens('### Log in', /^Send$/);
      await view.shows('Log in', '200 OK');
    });
  });
});

test('Send All sends one after the other, and the lenses keep the results', async () => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'all.http', [
    '### Log in',
    '# @name login',
    'POST {{host}}/login',
    'Content-Type: application/x-www-form-urlencoded',
    '',
    'user={{user}}&password={{password}}',
    '',
    '### Token',
    'GET {{host}}/profile',
    'Authorization: Bearer {{login.response.body.token}}',
    '',
    '### Not there',
    'GET {{host}}/nothing-here',
  ]);
  writeRequests(folder, 'stopped.http', [
    '### Quick',
    'GET {{host}}/echo',
    '',
    '### Slow',
    'GET {{host}}/slow?ms=60000',
    '',
    '### Never',
    'GET {{host}}/echo',
  ]);
  await stage.window({ workspace: folder, file }, async ({ workbench, view }) => {
    await workbench.clickLens('### Log in', 'Send All');
    await view.shows('Not there', '404 Not Found');
    await workbench.lens('### Log in', /302 → 303 → 200/);
    await workbench.lens('### Token', /200 · /);
    await workbench.lens('### Not there', /404 · /);
    const names = ['1: Log in → 302 → 303 → 200', '2: Token → 200', '3: Not there → 404'];
    assert.deepEqual(await view.entryNames(), names);
    await workbench.screenshot('send-all');
    await view.entry('Log in').click();
    await view.shows('Log in', '200 OK');
    await view.entry('Log in').press('ArrowDown');
    await view.entry('Token').press('Enter');
    await view.shows('Token', '200 OK');
    assert.deepEqual(await view.accessibilityViolations(), []);
    // The view's own state, which names the list, is saved with the layout.
    await workbench.layoutSaved('batch');
    await workbench.reload();
    assert.deepEqual(await view.entryNames(), names, 'the list is there after a reload');
    await view.entry('Not there').click();
    await view.shows('Not there', '404 Not Found');

    await workbench.page.keyboard.press('Control+1');
    await workbench.openFile('stopped.http');
    await workbench.clickLens('### Quick', 'Send All');
    await view.entry('Slow').and(workbench.webview.locator('[aria-current=true]')).waitFor();
    // Who looks at another one meanwhile keeps it: the list tells how the run goes on.
    await view.entry('Quick').click();
    await view.shows('Quick', '200 OK');
    await view.button('Stop').click();
    await workbench.webview.getByRole('heading', { name: 'Send All: stopped after 2 of 3' }).waitFor();
    assert.deepEqual(await view.entryNames(), [
      '1: Quick → 200',
      '2: Slow → Cancelled',
      '3: Never → not sent any more',
    ]);
    await view.shows('Quick', '200 OK');
  });
});

test('an edited file is sent as it stands in the editor, not on disk', async () => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'edited.http', ['### Echo', 'GET {{host}}/me', '']);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench } = window;
    await workbench.lens('### Echo', /^Send$/);
    await workbench.gotoLine(2, 100);
    await workbench.page.keyboard.type('-not-there');
    await workbench.line('/me-not-there').waitFor();
    await window.sendAndSee('Echo', '404 Not Found');
    assert.match(await workbench.webview.getByRole('main').innerText(), /me-not-there/);
  });
});

/** A port where nobody listens: it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
