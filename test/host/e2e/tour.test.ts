import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openStage } from '../stage.ts';

const stage = await openStage();
after(() => stage.close());

test('the tour of the README, by clicking', async (tour) => {
  await stage.window({}, async (window) => {
    const { workbench, view } = window;

    await window.step(tour, 'Send above "Log in" shows the redirect chain of three hops', async () => {
      await window.sendAndSee('Log in', '200 OK');
      const origin = stage.demo.origin;
      assert.deepEqual(await view.hopNames(), [
        `Hop 1: POST ${origin}/login → 302 Found`,
        `Hop 2: GET ${origin}/login/check → 303 See Other`,
        `Hop 3: GET ${origin}/login/welcome → 200 OK`,
      ]);
      assert.match(await view.hop(1).innerText(), /POST → GET/);
      assert.match(await view.hop(1).innerText(), /\+1 cookie/);
      await workbench.screenshot('tour-login');
    });

    await window.step(tour, 'every hop has its own cookies: set, and sent along', async () => {
      await view.selectHop(1);
      await view.openTab('Cookies');
      assert.deepEqual(await view.cookies('Set'), ['login_ticket']);
      await view.selectHop(2);
      assert.deepEqual([await view.cookies('Sent'), await view.cookies('Set')], [['login_ticket'], ['session']]);
      await view.selectHop(3);
      assert.deepEqual(await view.cookies('Sent'), ['login_ticket', 'session']);
      await workbench.screenshot('tour-cookies-tab');
    });

    await window.step(tour, 'every tab shows its part of the hop', async () => {
      assert.match(await (await view.openTab('Headers')).innerText(), /content-type/i);
      assert.match(await (await view.openTab('Request')).innerText(), /GET \/login\/welcome HTTP\/1\.1/);
      assert.match(await (await view.openTab('Timing')).innerText(), /Wait/);
      assert.match(await (await view.openTab('Body')).innerText(), /Welcome, Ada Lovelace/);
    });

    await window.step(tour, 'the lens keeps the last result, and says what goes along', async () => {
      // VS Code drops a refresh of lenses that is due when the editor loses the focus, and asks again when it has it back.
      await workbench.focusEditor('demo.http');
      await workbench.lens('### Log in', /302 → 303 → 200 · /);
      await workbench.lens('### Who am I', /2 cookies/);
    });

    await window.step(tour, '"Who am I" takes the cookies along', async () => {
      await window.sendAndSee('Who am I', '200 OK');
      await view.openTab('Cookies');
      assert.deepEqual(await view.cookies('Sent'), ['login_ticket', 'session']);
    });

    await window.step(tour, 'a reference and a capture bring the token of the login', async () => {
      await window.sendAndSee('Use the token', '200 OK');
      await window.sendAndSee('Use the captured token', '200 OK');
    });

    await window.step(tour, 'another environment is another session', async () => {
      await workbench.statusItem(/^Environment: no environment/).click();
      await workbench.screenshot('tour-environment-picker');
      await workbench.pick('staging');
      await workbench.statusItem(/^Environment: staging/).waitFor();
      await workbench.lens('### Who am I', 'staging');
      await window.sendAndSee('Who am I', '401 Unauthorized');
      await window.sendAndSee('Log in', '200 OK');
      await window.sendAndSee('Who am I', '200 OK');
      assert.match(await (await view.openTab('Body')).innerText(), /grace/);
    });

    await window.step(tour, 'going back finds the first session as it was', async () => {
      await workbench.statusItem(/^Environment: staging/).click();
      await workbench.pick('No environment');
      await workbench.statusItem(/^Environment: no environment/).waitFor();
      await window.sendAndSee('Who am I', '200 OK');
      assert.match(await (await view.openTab('Body')).innerText(), /ada/);
    });

    await window.step(tour, 'the session panel lists the cookies, masked', async () => {
      await workbench.page.getByRole('tab', { name: 'Crumbtrail' }).click();
      const cookie = workbench.treeItem(/^session/);
      await cookie.waitFor();
      await workbench.treeItem(/^login_ticket/).waitFor();
      assert.match(await cookie.innerText(), /••••••/);
      await workbench.treeItem(/^token/).waitFor();
      await workbench.screenshot('tour-session-panel');
    });

    await window.step(tour, 'clearing the cookies asks, and then "Who am I" says 401', async () => {
      await workbench.command('Crumbtrail: Clear Cookies');
      await workbench.dialog.getByText(/^Clear 2 cookies of the session/).waitFor();
      await workbench.dialog.getByRole('button', { name: 'Clear' }).click();
      await workbench.treeItem(/^login_ticket/).waitFor({ state: 'detached' });
      await window.sendAndSee('Who am I', '401 Unauthorized');
      await workbench.screenshot('tour-401');
    });

    await window.step(tour, 'the way back is offered, and works', async () => {
      const notification = await workbench.notification('2 cookies cleared.');
      await notification.getByRole('button', { name: 'Undo' }).click();
      await workbench.treeItem(/^login_ticket/).waitFor();
      await window.sendAndSee('Who am I', '200 OK');
    });

    await window.step(
      tour,
      'a 401 after the cookies are gone offers the request that set them, and sends it',
      async () => {
        await workbench.command('Crumbtrail: Clear Cookies');
        await workbench.dialog.getByRole('button', { name: 'Clear' }).click();
        await workbench.treeItem(/^login_ticket/).waitFor({ state: 'detached' });
        await window.sendAndSee('Who am I', '401 Unauthorized');
        await view.button(/^Log in again: send “login”/).click();
        await view.shows('Log in', '200 OK');
        await window.sendAndSee('Who am I', '200 OK');
      },
    );
  });
});
