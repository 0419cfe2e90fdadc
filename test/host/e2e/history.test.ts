import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import type { Har } from 'har-format';
import { freshFolder, root } from '../paths.ts';
import { openStage, writeRequests } from '../stage.ts';

const run = promisify(execFile);

interface Arrived {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Events as the test says, a number that grows, and what was posted. */
const posted: Arrived[] = [];
let events: ServerResponse | undefined;
let count = 0;
const api = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    switch (request.url ?? '') {
      case '/events':
        events = response;
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        return void response.write('event: tick\nid: 1\ndata: {"number":1}\n\n');
      case '/counter':
        response.setHeader('Content-Type', 'application/json').setHeader('Set-Cookie', 'visit=a-secret-visit');
        return void response.end(`{"same":true,"count":${++count}}`);
      case '/unseen':
        return void response.end('unseen');
      default:
        posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        return void response.end('posted');
    }
  });
});
await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;

const data = freshFolder('history-server');
const stage = await openStage({ extension: root, folder: data });
after(async () => {
  await stage.close();
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  api.closeAllConnections();
  api.close();
});

const hostile = `{"a":"it's \\"odd\\" $HOME \`id\` \\\\ !! %PATH% é ✓"}`;

test('streams, exports and the history', async (all) => {
  const workspace = freshFolder('history');
  const file = writeRequests(workspace, 'api.http', [
    '### Follow',
    `GET ${origin}/events`,
    '',
    '### Counter',
    `GET ${origin}/counter`,
    '',
    '### Post',
    `POST ${origin}/posted`,
    'Content-Type: application/json',
    `X-Odd: it's "odd" $HOME`,
    '',
    hostile,
    '',
    '### Not kept',
    '# @no-log',
    `GET ${origin}/unseen`,
  ]);
  await stage.window({ workspace, file }, async (window) => {
    const { workbench, view } = window;
    const { page } = workbench;
    const eventRows = () => workbench.webview.getByRole('list', { name: 'Events as they came' }).getByRole('listitem');
    const rows = () => workbench.quickInput.locator('.monaco-list-row');
    const titleButton = (name: string) =>
      workbench.quickInput.locator('.quick-input-titlebar').getByRole('button', { name });
    const history = async (text: string, expected: number): Promise<void> => {
      await workbench.until(`the history with ${expected} rows for “${text}”`, async () => {
        if (!(await workbench.quickInput.isVisible())) await page.keyboard.press('Control+Alt+H');
        const isThere = await workbench.quickInput
          .getByText('History', { exact: true })
          .waitFor({ timeout: 3000 })
          .then(
            () => true,
            () => false,
          );
        if (!isThere) return undefined;
        await workbench.quickInput.locator('input').first().fill(text);
        return (await rows().filter({ hasText: '·' }).count()) === expected ? true : undefined;
      });
    };

    await window.step(all, 'events are shown while the request runs', async () => {
      await window.send('Follow');
      await view.status.filter({ hasText: 'Running… 200 OK' }).waitFor();
      await eventRows().filter({ hasText: 'tick #1{"number":1}' }).waitFor();
      events?.write('data: second\n\n');
      await eventRows().filter({ hasText: 'messagesecond' }).waitFor();
      await workbench.screenshot('stream-running');
      assert.deepEqual(await view.accessibilityViolations(), []);
    });

    await window.step(all, 'cancel keeps what came', async () => {
      await view.button('Cancel').click();
      await view.shows('Follow', 'Cancelled');
      assert.equal(await eventRows().count(), 2);
      await view.button('Raw').click();
      await workbench.webview.getByText('data: second').waitFor();
    });

    await window.step(all, 'what was sent is copied as cURL, and sends the same again', async () => {
      await window.sendAndSee('Post', '200 OK');
      await view.button('More actions').click();
      await workbench.webview.getByRole('menuitem', { name: 'Copy as cURL', exact: true }).click();
      const command = await workbench.until('the command in the clipboard', async () => {
        const text = await page.evaluate(() => navigator.clipboard.readText());
        return text.startsWith('curl ') ? text : undefined;
      });
      await run('bash', ['--norc', '-c', command], { env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } });
      const [sent, again] = posted;
      assert.equal(sent?.body, hostile);
      assert.equal(again?.body, hostile);
      const asked = ({ headers: { connection: _connection, ...headers } }: Arrived) => headers;
      assert.deepEqual(asked(again), asked(sent));
    });

    await window.step(all, 'the chain is exported as HAR, masked unless asked', async () => {
      await view.button('More actions').click();
      await workbench.webview.getByRole('menuitem', { name: 'Export as HAR…' }).click();
      // Nothing in it is a secret, so nobody is asked.
      await workbench.quickInput.getByRole('button', { name: 'OK' }).click();
      const har = await workbench.until('the archive', async () => {
        const text = await readFile(join(workspace, 'Post.har'), 'utf8').catch(() => '');
        return text.endsWith('}\n') ? (JSON.parse(text) as Har) : undefined;
      });
      const [entry] = har.log.entries;
      assert.equal(entry?.request.postData?.text, hostile);
      assert.equal(entry?.response.content.text, 'posted');
    });

    await window.step(all, 'the history is searched with the keyboard and shows an exchange again', async () => {
      await window.sendAndSee('Not kept', '200 OK');
      await window.sendAndSee('Counter', '200 OK');
      await workbench.webview.getByText('"count": 1').waitFor();
      await view.button('Resend').click();
      await workbench.webview.getByText('"count": 2').waitFor();
      await workbench.focusEditor('api.http');
      await history('', 4);
      await workbench.screenshot('history-list');
      await history('cancelled', 1);
      await page.keyboard.press('Enter');
      await view.shows('Follow', 'Cancelled');
    });

    await window.step(all, 'it survives a restart, without secrets', async () => {
      // What tabs are restored from is gone too: only the history is left.
      rmSync(join(data, 'data', 'data', 'User', 'globalStorage', 'crumbtrail.crumbtrail', 'responses'), {
        recursive: true,
        // The views of the last sends may be on their way to the disk.
        maxRetries: 5,
      });
      await workbench.reload();
      await workbench.focusEditor('api.http');
      await history('counter', 2);
      await page.keyboard.press('Enter');
      await view.shows('Counter', '200 OK');
      await workbench.webview.getByText('from the history, secrets masked').waitFor();
      await workbench.webview.getByText('"count": 2').waitFor();
      await view.openTab('Headers');
      assert.match(await workbench.webview.getByRole('tabpanel').innerText(), /visit=\*\*\*/);
      await workbench.screenshot('history-reopened');
    });

    await window.step(all, 'two responses are compared, without what differs every time', async () => {
      await workbench.focusEditor('api.http');
      await history('counter', 2);
      await titleButton('Compare with…').click();
      await workbench.quickInput.getByText('Compare with…').first().waitFor();
      await rows().filter({ hasText: 'counter' }).first().waitFor();
      await page.keyboard.press('Enter');
      const diff = page.locator('.monaco-diff-editor');
      await diff.locator('.editor.original .view-line').filter({ hasText: '"count": 1' }).waitFor();
      await diff.locator('.editor.modified .view-line').filter({ hasText: '"count": 2' }).waitFor();
      assert.equal(await diff.locator('.view-line').filter({ hasText: /date:/ }).count(), 0);
      await workbench.screenshot('history-compare');
      await page.keyboard.press('Control+F4');
    });

    await window.step(all, 'one entry is deleted, and after a question all', async () => {
      await workbench.focusEditor('api.http');
      await history('posted', 1);
      await titleButton('Delete from the history').press('Enter');
      await workbench.dialog.getByText('Delete POST').waitFor();
      await workbench.dialog.getByRole('button', { name: 'Delete' }).click();
      await history('', 3);
      await titleButton('Delete the whole history of this folder').click();
      await workbench.dialog.getByText('Delete all 3 exchanges').waitFor();
      await workbench.dialog.getByRole('button', { name: 'Delete' }).click();
      await workbench.quickInput.locator('input[placeholder^="Nothing has been kept yet"]').waitFor();
      await page.keyboard.press('Escape');
    });
  });
  rmSync(workspace, { recursive: true });
});
