import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startKindsServer } from '../kindsServer.ts';
import { openStage, writeRequests } from '../stage.ts';

const stage = await openStage();
const kinds = await startKindsServer();
after(() => {
  kinds.close();
  return stage.close();
});

const paths = [
  'json',
  'lines',
  'xml',
  'cyrillic',
  'csv',
  'form',
  'parts',
  'picture.png',
  'sound',
  'bytes',
  'document',
  'page',
  'large',
];

test('every kind of body in the real view', async (all) => {
  const folder = stage.examples();
  const lines = paths.flatMap((path) => [`### Get ${path}`, `GET ${kinds.origin}/${path}`, '']);
  const file = writeRequests(folder, 'kinds.http', lines);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench, view } = window;
    const { webview } = workbench;
    const see = async (path: string): Promise<void> => {
      const title = `Get ${path}`;
      await window.sendAndSee(title, '200 OK');
      await view.openTab('Body');
    };
    const mode = (name: string) => webview.getByRole('button', { name, exact: true }).click();
    const looksRight = async (name: string): Promise<void> => {
      await workbench.screenshot(`kinds-${name}`);
      assert.deepEqual(await view.accessibilityViolations(), [], name);
    };

    await window.step(all, 'JSON: a tree with every digit, narrowed by a JSONPath', async () => {
      await see('json');
      await mode('Tree');
      await webview.getByRole('treeitem', { name: '12345678901234567890' }).waitFor();
      assert.equal(await webview.getByRole('treeitem', { name: '"id"' }).count(), 2);
      await looksRight('json-tree');
      const field = webview.getByRole('textbox', { name: 'Filter by JSONPath' });
      await field.fill('$.items[?@.price > 10].sku');
      await webview.getByText('1 found', { exact: true }).waitFor();
      await webview.getByRole('treeitem', { name: '$.items[0].sku' }).waitFor();
      await field.fill('$.items[');
      await webview.getByText(/^This is no JSONPath: /).waitFor();
      await looksRight('json-filter-trouble');
      await field.press('Escape');
      await mode('Pretty');
    });

    await window.step(all, 'lines of JSON are items of one tree', async () => {
      await see('lines');
      await mode('Tree');
      await webview.getByRole('treeitem', { name: '2.0' }).waitFor();
    });

    await window.step(all, 'XML: narrowed by an XPath, as it was sent', async () => {
      await see('xml');
      await webview.getByRole('textbox', { name: 'Filter by XPath' }).fill('//to[2]');
      await webview.getByText('1 found', { exact: true }).waitFor();
      const body = webview.getByRole('region', { name: 'Response body' });
      assert.equal(await body.innerText(), '<to>Grace</to>');
      await looksRight('xml-filter');
    });

    await window.step(all, 'a charset that the server got wrong is chosen anew', async () => {
      await see('cyrillic');
      await webview.getByRole('button', { name: /^Encoding: / }).click();
      await webview.getByRole('menuitemradio', { name: 'windows-1251' }).click();
      await webview.getByText('Привет').waitFor();
      await webview.getByRole('button', { name: 'Encoding: windows-1251' }).waitFor();
    });

    await window.step(all, 'tables, parts, bytes, pictures, sound and documents', async () => {
      await see('csv');
      await webview.getByText('3000 rows, 2 columns').waitFor();
      await looksRight('csv');
      await see('form');
      await webview.getByRole('cell', { name: 'a&b c' }).waitFor();
      await see('parts');
      await webview.getByRole('listitem').filter({ hasText: 'notes.txt' }).click();
      await webview.getByText('some notes').waitFor();
      await looksRight('parts');
      await see('picture.png');
      await webview.getByText('image/png · 16 × 16 pixels').waitFor();
      await see('sound');
      await webview.getByLabel('The recording that the server sent').waitFor();
      await looksRight('sound');
      await see('bytes');
      await webview.getByText('00000010').waitFor();
      await looksRight('bytes');
      await see('document');
      await webview.getByText('A PDF document of 10 B').waitFor();
      await looksRight('document');
    });

    await window.step(all, 'a filter finds what is beyond the part that is shown', async () => {
      await see('large');
      await webview.getByText(/^Lines 1 to \d+ of 300,002$/).waitFor();
      await webview.getByRole('textbox', { name: 'Filter by JSONPath' }).fill('$[59999].price');
      await webview.getByText('1 found', { exact: true }).waitFor();
      await webview.getByRole('region', { name: 'Response body' }).getByText('1.50').waitFor();
    });

    await window.step(all, 'a page in a panel of its own runs nothing and loads nothing until asked', async () => {
      await see('page');
      await mode('Preview');
      const heading = workbench.webview.getByRole('heading', { name: 'Hello from the page' });
      await heading.waitFor();
      await workbench.screenshot('kinds-page-preview');
      assert.equal(await workbench.webview.getByText('scripts ran').count(), 0);
      assert.deepEqual(
        kinds.asked.filter((path) => path === '/style.css'),
        [],
      );
      // While the panel loads its page anew, the frame of the old one is gone.
      const colour = () =>
        heading.evaluate((element) => getComputedStyle(element as never).color).catch(() => undefined);
      assert.equal(await colour(), 'rgb(0, 0, 0)');
      // The button is there while the panel is the one in front of the group that has the focus.
      await workbench.tab('Preview: Get page').click();
      await workbench.page.getByRole('button', { name: /^Load the Pictures and Styles/ }).click();
      await workbench.until('the style of the page', async () =>
        (await colour()) === 'rgb(255, 0, 0)' ? true : undefined,
      );
      assert.equal(await workbench.webview.getByText('scripts ran').count(), 0);
    });
  });
});
