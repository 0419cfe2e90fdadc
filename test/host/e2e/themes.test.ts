import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openStage, writeRequests } from '../stage.ts';

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

const stage = await openStage();
after(() => stage.close());

test('the main states in every theme: no rule of axe-core is broken, and a screenshot is left to look at', async (all) => {
  const folder = stage.examples();
  const file = writeRequests(folder, 'states.http', [
    '### Log in',
    '# @capture token = response.body.token',
    'POST {{host}}/login',
    'Content-Type: application/x-www-form-urlencoded',
    '',
    'user={{user}}&password={{password}}',
    '',
    '### Refused cookies',
    'GET {{host}}/cookies/refused',
    '',
    '### Blocked',
    'GET {{nowhere}}/me',
    '',
    '### Failed',
    'GET {{host}}/errors/reset',
  ]);
  await stage.window({ workspace: folder, file }, async (window) => {
    const { workbench, view } = window;
    await workbench.page.getByRole('tab', { name: 'Crumbtrail' }).click();
    for (const [name, theme] of Object.entries(themes)) {
      stage.server.setSettings({ 'workbench.colorTheme': theme });
      await workbench.page.locator(`.monaco-workbench.${themeClass(name)}`).waitFor();
      const look = async (state: string): Promise<void> => {
        await workbench.screenshot(`${name}-${state}`);
        assert.deepEqual(await view.accessibilityViolations(), []);
      };
      for (const tab of ['Body', 'Headers', 'Cookies', 'Request', 'Timing'] as const) {
        await window.step(all, `${name}: chain, ${tab}`, async () => {
          await window.sendAndSee('Log in', '200 OK');
          await view.openTab(tab);
          await look(`chain-${tab.toLowerCase()}`);
        });
      }
      await window.step(all, `${name}: refused cookies`, async () => {
        await window.sendAndSee('Refused cookies', '200 OK');
        await view.openTab('Cookies');
        await look('refused-cookies');
      });
      await window.step(all, `${name}: blocked`, async () => {
        await window.sendAndSee('Blocked', 'Not sent');
        await look('blocked');
      });
      await window.step(all, `${name}: failed`, async () => {
        await window.sendAndSee('Failed', 'Failed');
        await look('failed');
      });
    }
  });
});

test('at 200 % nothing is cut off sideways', async () => {
  await stage.window({ zoom: 2 }, async (window) => {
    await window.sendAndSee('Log in', '200 OK');
    await window.workbench.screenshot('zoom-200');
    const overflow = await window.workbench.webview
      .locator('html')
      .evaluate((html: { scrollWidth: number; clientWidth: number }) => html.scrollWidth - html.clientWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
  });
});

/** The class of the workbench: `vs-dark`, `vs`, `hc-black`, `hc-light`. */
function themeClass(name: string): string {
  const classes = { dark: 'vs-dark', light: 'vs', 'high-contrast': 'hc-black', 'high-contrast-light': 'hc-light' };
  return classes[name as keyof typeof classes];
}
