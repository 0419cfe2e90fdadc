import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openStage, writeRequests } from '../stage.ts';

const stage = await openStage();
after(() => stage.close());

test('what a send has to know is asked for', async (questions) => {
  const folder = stage.examples();
  writeRequests(folder, 'auth.http', [
    '### Log in here',
    '# @name entry',
    'POST {{host}}/login',
    'Content-Type: application/x-www-form-urlencoded',
    '',
    'user={{user}}&password={{password}}',
  ]);
  const file = writeRequests(folder, 'questions.http', [
    'import ./auth.http',
    '',
    '### Profile',
    'GET {{host}}/profile',
    'Authorization: Bearer {{entry.response.body.token}}',
    '',
    '### Named',
    '# @prompt who Whose name?',
    'GET {{host}}/echo?who={{who}}',
    '',
    '### Sized',
    '# @prompt size Which size?|small, large',
    'GET {{host}}/echo?size={{size}}',
    '',
    '### Hidden',
    '# @prompt passphrase Which word?',
    'GET {{host}}/echo?word={{passphrase}}',
  ]);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench, view } = window;
    const shown = () => workbench.webview.getByRole('main').innerText();

    await window.step(questions, 'whether to send first what a request refers to: no sends nothing', async () => {
      await window.send('Profile');
      await workbench.dialog.getByText('Send “entry” first?').waitFor();
      await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
      await view.shows('Profile', 'Not sent');
      assert.match(await shown(), /“?"entry" has not been sent/);
    });

    await window.step(questions, 'and yes sends both', async () => {
      await window.send('Profile');
      await workbench.screenshot('dependency-question');
      await workbench.dialog.getByRole('button', { name: 'Send' }).click();
      await view.shows('Profile', '200 OK');
      assert.deepEqual(await view.entryNames(), ['1: Log in here → 302 → 303 → 200', '2: Profile → 200']);
      await workbench.lens('### Profile', /200 · /);
    });

    await window.step(questions, 'the request that was sent first has its result in its own lens', async () => {
      await workbench.page.keyboard.press('Control+1');
      await workbench.openFile('auth.http');
      await workbench.lens('### Log in here', /302 → 303 → 200/);
    });

    await window.step(questions, 'a value, and the last answer is offered again', async () => {
      const input = workbench.quickInput.locator('input').first();
      await window.send('Named');
      await input.waitFor();
      await input.fill('Ada');
      await workbench.page.keyboard.press('Enter');
      await view.shows('Named', '200 OK');
      assert.match(await shown(), /who=Ada/);
      await window.send('Named');
      await input.waitFor();
      assert.equal(await input.inputValue(), 'Ada');
      await input.fill('Grace');
      await workbench.page.keyboard.press('Enter');
      await workbench.until('the second answer', async () =>
        (await shown()).includes('who=Grace') ? true : undefined,
      );
    });

    await window.step(questions, 'a secret is typed unseen, and never offered again', async () => {
      const input = workbench.quickInput.locator('input[type="password"]');
      for (const word of ['first', 'second']) {
        await window.send('Hidden');
        await input.waitFor();
        assert.equal(await input.inputValue(), '');
        await input.fill(word);
        await workbench.page.keyboard.press('Enter');
        await input.waitFor({ state: 'hidden' });
      }
      await view.shows('Hidden', '200 OK');
    });

    await window.step(questions, 'one of several', async () => {
      await window.send('Sized');
      await workbench.pick('large');
      await view.shows('Sized', '200 OK');
      assert.match(await shown(), /size=large/);
    });
  });
});
