import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLargeServer } from '../../support/largeServer.ts';
import { openStage, writeRequests } from '../stage.ts';

const stage = await openStage();
const server = await startLargeServer();
after(async () => {
  await stage.close();
  await server.close();
});

test('a body of any size is shown, searched, folded, copied and saved, and what goes wrong keeps what came', async (large) => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'large.http', [
    '### Large',
    `GET ${server.origin}/json?mb=30`,
    '',
    '### Cut',
    `GET ${server.origin}/cut?mb=12`,
    '',
    '### Bad gzip',
    `GET ${server.origin}/badgzip?mb=12`,
    '',
    '### Bytes',
    `GET ${server.origin}/bytes?mb=12`,
    '',
    '### Slow',
    `GET ${server.origin}/slow?mb=12`,
  ]);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench, view } = window;
    const { webview } = workbench;
    const text = webview.getByRole('document', { name: 'Response body' });
    const status = webview.locator('.large-status');
    const find = webview.getByRole('searchbox', { name: 'Find in the body' });
    const shows = async (line: string | RegExp): Promise<void> => {
      await text.locator('.large-line').filter({ hasText: line }).first().waitFor({ timeout: 90_000 });
    };

    await window.step(large, 'its beginning is there at once, and soon all of it', async () => {
      await window.sendAndSee('Large', '200 OK');
      await shows('"id": "00000000"');
      await status.filter({ hasText: /^Lines 1 to \d+ of [\d,]+$/ }).waitFor();
      await workbench.screenshot('large-body');
    });

    await window.step(large, 'the end is a key away', async () => {
      await text.focus();
      await text.press('Control+End');
      await shows('the very last needle');
      await text.press('Control+Home');
      await shows('"id": "00000000"');
    });

    await window.step(large, 'a search goes over all of it, by case and expression', async () => {
      await text.press('Control+f');
      await find.fill('LAST needle');
      const count = webview.locator('.large-count');
      await count.filter({ hasText: '1 of 1' }).waitFor();
      await shows('the very last needle');
      await workbench.screenshot('large-search');
      await webview.getByRole('button', { name: 'Match case' }).click();
      await count.filter({ hasText: 'nothing found' }).waitFor();
      await webview.getByRole('button', { name: 'Match case' }).click();
      await webview.getByRole('button', { name: 'Regular expression' }).click();
      await find.fill('very \\w+ needle');
      await count.filter({ hasText: '1 of 1' }).waitFor();
      await find.fill('(');
      await count.filter({ hasText: 'no regular expression' }).waitFor();
      await find.press('Escape');
    });

    await window.step(large, 'a line is gone to by its number', async () => {
      await text.press('Control+g');
      const line = webview.getByRole('textbox', { name: 'Go to line' });
      await line.fill('100000');
      await line.press('Enter');
      await webview.locator('.large-number').getByText('100000', { exact: true }).waitFor();
    });

    await window.step(large, 'a path is followed through all of it', async () => {
      const filter = webview.getByRole('textbox', { name: 'Filter by JSONPath' });
      const words = webview.locator('.filter-words');
      await filter.fill("$[?@.name == 'the very last needle'].id");
      await words.filter({ hasText: /^1 found$/ }).waitFor({ timeout: 60_000 });
      await webview.locator('.line').filter({ hasText: '"99999999"' }).first().waitFor();
      await filter.fill('$..stock');
      await words.filter({ hasText: /^[\d,]{6,} found · The first 20,000 are shown/ }).waitFor({ timeout: 60_000 });
      await workbench.screenshot('large-filter');
      await filter.press('Escape');
      await status.filter({ hasText: /^Lines 1 to/ }).waitFor();
    });

    await window.step(large, 'objects are folded away and come back', async () => {
      await text.press('Control+Home');
      await webview.getByRole('button', { name: 'Fold 2', exact: true }).click();
      await webview.getByRole('button', { name: 'Unfold 2', exact: true }).waitFor();
      assert.equal(await webview.locator('[data-line="2"]').count(), 0);
      await webview.getByRole('button', { name: 'Unfold 2', exact: true }).click();
      await webview.locator('[data-line="2"]').waitFor();
    });

    await window.step(large, 'what is selected is copied, more than is on the screen', async () => {
      await text.focus();
      await text.press('Control+Home');
      for (let page = 0; page < 5; page++) await text.press('Shift+PageDown');
      await text.press('Control+c');
      await status.filter({ hasText: 'clipboard' }).waitFor();
    });

    await window.step(large, 'as it came it is one line, that is read sideways', async () => {
      await webview.getByRole('button', { name: 'Raw' }).click();
      await status.filter({ hasText: 'Lines 1 to 1 of 1' }).waitFor();
      await text.locator('.large-text').filter({ hasText: '[{"id":"00000000"' }).waitFor();
      await text.press('Control+f');
      await find.fill('00004000');
      await webview.locator('.large-found').waitFor();
      const before = await text.locator('.large-text').first().getAttribute('style');
      assert.ok(Number(/--from: (\d+)/.exec(before ?? '')?.[1]) > 100_000, before ?? '');
      await find.press('Escape');
      await webview.getByRole('button', { name: 'Pretty' }).click();
      await shows('"id": "00000000"');
    });

    await window.step(large, 'it keeps to the rules of accessibility', async () => {
      await text.press('Control+f');
      assert.deepEqual(await view.accessibilityViolations(), []);
    });

    await window.step(large, 'a reload of the window keeps it', async () => {
      // The choice of the step before: an older layout would bring back the raw text.
      await workbench.layoutSaved('pretty');
      await workbench.reload();
      await shows('"id": "00000000"');
      await text.focus();
      await text.press('Control+End');
      await shows('the very last needle');
    });

    await window.step(large, 'a connection that breaks keeps what came', async () => {
      await window.sendAndSee('Cut', 'Failed');
      await shows('"id": "00000000"');
      await status.filter({ hasText: /^Lines 1 to \d+ of [\d,]{6,}/ }).waitFor();
      await workbench.screenshot('large-cut');
    });

    await window.step(large, 'a coding that breaks keeps what could be read, and says so', async () => {
      await window.sendAndSee('Bad gzip', '200 OK');
      await shows('"id": "00000000"');
      await webview.getByText(/not what Content-Encoding says .* first \d+ bytes could be read/).waitFor();
    });

    await window.step(large, 'bytes are rows of sixteen, to the last one', async () => {
      await window.sendAndSee('Bytes', '200 OK');
      await status.filter({ hasText: /^Bytes 0 to \d+ of [\d,]+$/ }).waitFor();
      await text.press('Control+End');
      await shows('the last');
      await text.press('Control+f');
      await webview.getByRole('searchbox', { name: 'Find text, or bytes as 0x4f6b' }).fill('0x6c617374');
      await webview.locator('.large-count').filter({ hasText: '1 of 1' }).waitFor();
      await workbench.screenshot('large-bytes');
    });

    await window.step(large, 'while it comes its start and rate are shown, and a cancel keeps what came', async () => {
      await window.send('Slow');
      await view.shows('Slow', 'Running…');
      await webview.getByText(/MB of 12.* MB · .*\/s/).waitFor();
      await webview.getByText('the rest is on its way').waitFor();
      await webview.locator('.line').filter({ hasText: '"id": "00000000"' }).first().waitFor();
      await workbench.screenshot('large-running');
      await view.button('Cancel').click();
      await view.shows('Slow', 'Cancelled');
      await shows('"id": "00000000"');
    });

    await window.step(large, 'a reload of the window while it comes keeps its start, and says so', async () => {
      await window.send('Slow');
      await webview.getByText('the rest is on its way').waitFor();
      const id = await view.exchange();
      await workbench.layoutSaved(String(id));
      await workbench.reload();
      await view.shows('Slow', 'Cancelled');
      await workbench.until('the same exchange', async () => ((await view.exchange()) === id ? true : undefined));
      await webview.locator('.cm-line').filter({ hasText: '"id": "00000000"' }).first().waitFor();
      await workbench.screenshot('large-reloaded');
    });
  });
});
