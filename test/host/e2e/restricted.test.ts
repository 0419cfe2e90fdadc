import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { root } from '../paths.ts';
import { openStage, writeRequests } from '../stage.ts';

const stage = await openStage({
  extension: root,
  trusted: false,
  settings: { 'security.workspace.trust.startupPrompt': 'never' },
});
after(() => stage.close());

test('in Restricted Mode the language works, and Send says why it does not', async (context) => {
  const received: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    received.push(request.url);
    response.end();
  }).listen(0, '127.0.0.1');
  context.after(() => server.close());
  await once(server, 'listening');
  const folder = stage.examples();
  const target = `GET http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const file = writeRequests(folder, 'restricted.http', ['@word = text/plain', '### Anything', `${target} HTTP/3`]);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench, view } = window;
    const { keyboard } = workbench.page;
    await workbench.lens('### Anything', /^Send$/);
    await window.step(context, 'completion, hover, problems and their fixes need no trust', async () => {
      await workbench.gotoLine(3, 100);
      await keyboard.press('Enter');
      await keyboard.type('Acce');
      await workbench.press(['Escape', 'Control+Space'], workbench.suggestion('Accept'));
      await keyboard.press('Escape');
      await keyboard.type('pt: {{word}}');
      await workbench.page.locator('.squiggly-hint, .squiggly-info, .squiggly-warning').first().waitFor();
      await workbench.gotoLine(3, 100);
      await workbench.press(['Escape', 'Control+.'], workbench.quickFix('Write HTTP/1.1'));
      await keyboard.press('Enter');
      await workbench.line(`${target} HTTP/1.1`).waitFor();
      await workbench.gotoLine(4, 12);
      await workbench.press(['Escape', 'Control+K', 'Control+I'], workbench.hover('@word, line 1'));
      await keyboard.press('Escape');
    });
    await window.send('Anything');
    await workbench.page.getByText('You are in Restricted Mode').waitFor();
    await workbench.screenshot('restricted-mode');
    // Newer versions show the trust editor in a window of its own over the others, older ones as a tab.
    await workbench.page.keyboard.press('Escape');
    await workbench.tab('Response').click();
    await view.status.filter({ hasText: 'Not sent' }).waitFor();
    assert.match(await view.alert.innerText(), /Restricted Mode/);
    await view.button(/trust/i).waitFor();
  });
  assert.deepEqual(received, []);
});
