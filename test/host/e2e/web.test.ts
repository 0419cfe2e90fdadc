import { after, test } from 'node:test';
import { root } from '../paths.ts';
import { openStage, writeRequests } from '../stage.ts';

/** The same VS Code, told to run the extension in the browser's own extension host, as VS Code for the Web does. */
const stage = await openStage({
  extension: root,
  settings: { 'remote.extensionKind': { 'crumbtrail.crumbtrail': ['web'] } },
});
after(() => stage.close());

test('in a browser the language features work, and Send says where it would', async (web) => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'web.http', ['@order = 42', '', '### One', 'GET http://127.0.0.1/{{order}}', '']);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench } = window;
    const { keyboard } = workbench.page;

    await window.step(web, 'completion', async () => {
      await workbench.gotoLine(4, 100);
      await keyboard.press('Enter');
      await keyboard.type('Authori');
      await workbench.press(['Escape', 'Control+Space'], workbench.suggestion('Authorization'));
      await keyboard.press('Escape');
      await keyboard.press('Control+z');
    });

    await window.step(web, 'hover', async () => {
      await workbench.gotoLine(4, 24);
      await workbench.press(['Escape', 'Control+K', 'Control+I'], workbench.hover('@order, line 1'));
      await keyboard.press('Escape');
    });

    await window.step(web, 'Send', async () => {
      await workbench.gotoLine(4);
      await workbench.command('Crumbtrail: Send Request…');
      await workbench.notification('cannot send from a browser');
    });
  });
});
