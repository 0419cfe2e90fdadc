import { after, test } from 'node:test';
import { root } from '../paths.ts';
import { openStage } from '../stage.ts';

const stage = await openStage({ extension: root, version: 'oldest' });
after(() => stage.close());

test('a click on Send works in the oldest VS Code that package.json promises', async () => {
  await stage.window({}, async (window) => {
    await window.sendAndSee('Log in', '200 OK');
    await window.sendAndSee('Who am I', '200 OK');
    await window.workbench.screenshot('oldest-vscode');
  });
});
