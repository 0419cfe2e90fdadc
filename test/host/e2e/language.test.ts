import { after, test } from 'node:test';
import { openStage, writeRequests } from '../stage.ts';

const stage = await openStage();
after(() => stage.close());

test('writing a request goes by keyboard: completion, quick fix, rename, hover', async (writing) => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'writing.http', [
    '@order = 42',
    '',
    '### One',
    'GET {{host}}/a',
    'Accept: text/plain',
    '',
    '### Two',
    'POST {{host}}/b/{{order}}',
    '',
    '{}',
    '',
    'GET {{host}}/c/{{order}}',
  ]);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench } = window;
    const { keyboard } = workbench.page;
    const suggest = (label: string) => workbench.press(['Escape', 'Control+Space'], workbench.suggestion(label));
    await workbench.lens('### One', /^Send$/);

    await window.step(writing, 'completion offers header names, then their values', async () => {
      await workbench.gotoLine(5, 100);
      await keyboard.press('Enter');
      await keyboard.type('Authori');
      await suggest('Authorization');
      await keyboard.press('Enter');
      await suggest('Bearer');
      await keyboard.press('Escape');
      await keyboard.type('Bearer {{ord');
      await suggest('order');
      await keyboard.press('Enter');
      await workbench.line('Authorization: Bearer {{order}}').waitFor();
    });

    await window.step(writing, 'a quick fix puts the missing separator in', async () => {
      await workbench.gotoLine(13);
      await workbench.page.locator('.squiggly-info').first().waitFor();
      await workbench.press(['Escape', 'Control+.'], workbench.quickFix('Insert ### above'));
      await keyboard.press('Enter');
      await workbench.until('the line ### of the fix', async () => {
        const lines = await workbench.page.locator('.view-line').allInnerTexts();
        return lines.some((line) => line.trim() === '###') || undefined;
      });
    });

    await window.step(writing, 'rename changes the definition and every use', async () => {
      await workbench.gotoLine(1, 4);
      await workbench.press(['Escape', 'F2'], workbench.page.locator('.rename-box input:focus'));
      await keyboard.press('Control+A');
      await keyboard.type('number');
      await keyboard.press('Enter');
      await workbench.line('@number = 42').waitFor();
      await workbench.line('POST {{host}}/b/{{number}}').waitFor();
      await workbench.line('GET {{host}}/c/{{number}}').waitFor();
    });

    await window.step(writing, 'hover tells what a variable is', async () => {
      await workbench.gotoLine(9, 20);
      await workbench.press(['Escape', 'Control+K', 'Control+I'], workbench.hover('@number, line 1'));
      await keyboard.press('Escape');
    });

    await window.step(writing, 'a curl command is pasted as a request, whichever shell it was copied for', async () => {
      const paste = async (command: string, line: string) => {
        await keyboard.press('Control+End');
        await keyboard.type('\n\n###\n');
        await workbench.page.evaluate((text) => navigator.clipboard.writeText(text), command);
        await keyboard.press('Control+V');
        await workbench.line(line).waitFor();
      };
      await paste(
        `curl 'http://h.test/bash?a=1' \\\n  -H 'X-Shell: bash' \\\n  --retry 2 \\\n  --data-raw '{"it":"isn'\\''t"}'`,
        `{"it":"isn't"}`,
      );
      await workbench.line('# @retry 2').waitFor();
      await workbench.line('POST http://h.test/bash?a=1').waitFor();
      await paste(
        'curl ^"http://h.test/cmd?a=1^&b=2^" ^\r\n  -H ^"X-Shell: cmd^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"50^%^\\^"^}^"',
        '{"a":"50%"}',
      );
      await workbench.line('POST http://h.test/cmd?a=1&b=2').waitFor();
      // What cannot be said as a request stays the command, and says at its place what is not acted on.
      await paste('curl http://h.test/ --http3', 'curl http://h.test/ --http3');
      await workbench.page.locator('.squiggly-warning').first().waitFor();
    });

    await window.step(writing, 'a request is picked by its name and sent', async () => {
      await workbench.command('Crumbtrail: Send Request…');
      await workbench.quickRow('GET {{host}}/a').waitFor();
      await keyboard.type('One');
      await workbench.quickRow('One').waitFor();
      await keyboard.press('Enter');
      await window.view.shows('One', '404');
    });
  });
});
