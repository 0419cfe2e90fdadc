import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ExchangeView } from '../../src/protocol/exchangeView.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import { launchBrowser } from '../host/browser.ts';
import { bundleView, openView, type ViewBundles, type ViewPage, type ViewPageOptions } from './responseViewPage.ts';
import { views } from './views.ts';

let browser: Browser;
let bundles: ViewBundles;

before(async () => {
  [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
});

after(() => browser.close());

/** Opens the view with an exchange in it; at the end nothing may have gone wrong in the page. */
async function withView(
  exchange: ExchangeView,
  act: (view: ViewPage) => Promise<void>,
  options: ViewPageOptions = {},
): Promise<void> {
  const view = await openView(browser, bundles, options);
  await show(view, exchange);
  await act(view);
  assert.deepEqual(view.trouble, []);
  await view.page.context().close();
}

async function show(view: ViewPage, exchange: ExchangeView, pinned = false): Promise<void> {
  await view.show({ type: 'show', exchange, pinned, strings: englishStrings });
}

const names = {
  login: 'Hop 1: POST https://api.example.test/login → 302 Found',
  callback: 'Hop 2: GET https://api.example.test/sso/callback?code=9f8b1c2d3e4f5a6b7c8d&state=xyz → 303 See Other',
  me: 'Hop 3: GET https://app.example.test/me → 200 OK',
} as const;

test('the chain is a list of named hops, the last one selected', () =>
  withView(views.finished(), async ({ page }) => {
    const chain = page.getByRole('list', { name: 'Redirect chain', exact: true });
    const items = chain.getByRole('listitem');
    assert.equal(await items.count(), 3);
    for (const name of Object.values(names))
      assert.equal(await chain.getByRole('listitem', { name, exact: true }).count(), 1);
    assert.equal(await page.locator('.hop:has([aria-current=true])').getAttribute('aria-label'), names.me);
    assert.match((await items.first().textContent()) ?? '', /POST → GET.*body dropped.*\+1 cookie.*1 cookie refused/s);
  }));

test('one hop needs no chain, but its URL is there', () =>
  withView(views.oneHop(), async ({ page }) => {
    assert.equal(await page.getByRole('list', { name: 'Redirect chain' }).count(), 0);
    assert.equal(await page.locator('.target').textContent(), 'GET https://api.example.test/me');
  }));

test('selecting a hop shows it in the tabs, by mouse and by keyboard', () =>
  withView(views.finished(), async ({ page }) => {
    const pick = (name: string) => page.getByRole('listitem', { name, exact: true }).locator('.hop-pick');
    await page.getByRole('listitem', { name: names.login }).click();
    await page.getByRole('tab', { name: 'Request', exact: true }).click();
    const panel = page.getByRole('tabpanel', { name: 'Request' });
    assert.match((await panel.textContent()) ?? '', /POST \/login HTTP\/1\.1/);
    await pick(names.login).focus();
    await page.keyboard.press('ArrowDown');
    assert.match((await panel.textContent()) ?? '', /GET \/sso\/callback/);
    await page.keyboard.press('End');
    assert.equal(await pick(names.me).getAttribute('aria-current'), 'true');
    await page.keyboard.press('ArrowDown');
    assert.match((await page.locator(':focus').textContent()) ?? '', /^3 GET/);
  }));

test('tabs are named without their counts and move with the arrow keys', () =>
  withView(views.finished(), async ({ page }) => {
    const tabs = page.getByRole('tab');
    assert.deepEqual(await tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute('aria-label'))), [
      'Body',
      'Headers',
      'Cookies',
      'Request',
      'Timing',
    ]);
    await page.getByRole('tab', { name: 'Body' }).focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.getByRole('tab', { selected: true }).getAttribute('aria-label'), 'Timing');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('tabpanel').getAttribute('aria-labelledby'), 'tab-headers');
    assert.equal(
      await page.getByRole('tab', { name: 'Cookies' }).getAttribute('aria-description'),
      '2 sent, 0 set, 0 refused',
    );
  }));

test('cookies are dots until they are revealed, and hidden again in the next hop', () =>
  withView(views.finished(), async ({ page, posted }) => {
    await page.getByRole('listitem', { name: names.login }).click();
    await page.getByRole('tab', { name: 'Cookies' }).click();
    const panel = page.getByRole('tabpanel');
    const text = async (): Promise<string> => (await panel.textContent()) ?? '';
    assert.doesNotMatch(await text(), /8f14e45f|dark|light/);
    assert.match(await text(), /•••••• → •••••• \(updated\)/);
    assert.match(await text(), /Domain=ads\.test does not cover the host that set it \(api\.example\.test\)/);
    await page.getByRole('button', { name: 'Reveal', exact: true }).click();
    assert.match(await text(), /8f14e45fceea167a \(new\)/);
    assert.match(await text(), /dark → light \(updated\)/);
    await panel.getByRole('button', { name: 'sid' }).click();
    assert.deepEqual(posted.at(-1), {
      type: 'showCookie',
      key: { name: 'sid', domain: 'api.example.test', path: '/', hostOnly: true },
    });
    await page.getByRole('listitem', { name: names.me }).click();
    assert.doesNotMatch(await text(), /8f14e45f/);
  }));

test('headers keep what is no secret in sight; the request tab is the raw truth', () =>
  withView(views.finished(), async ({ page }) => {
    await page.getByRole('listitem', { name: names.login }).click();
    await page.getByRole('tab', { name: 'Headers' }).click();
    const text = async (): Promise<string> => (await page.getByRole('tabpanel').textContent()) ?? '';
    assert.match(await text(), /sid=••••••; HttpOnly; Secure; Path=\//);
    assert.match(await text(), /Bearer ••••••/);
    assert.doesNotMatch(await text(), /top-secret-key|8f14e45f/);
    await page.getByRole('button', { name: 'Reveal', exact: true }).click();
    assert.match(await text(), /Bearer top-secret-key/);
    await page.getByRole('tab', { name: 'Request' }).click();
    assert.match(await text(), /Authorization: Bearer top-secret-key/);
    await page.getByRole('button', { name: 'As written' }).click();
    assert.match(await text(), /Authorization: Bearer \{\{key\}\}/);
  }));

test('timing shows every phase with its number, the connection and the certificate', () =>
  withView(views.finished(), async ({ page }) => {
    await page.getByRole('tab', { name: 'Timing' }).click();
    const rows = await page.getByRole('table', { name: 'Phases of hop 3' }).locator('tbody tr').allTextContents();
    assert.deepEqual(rows, [
      'DNS0 ms2 ms',
      'Connect2 ms2 ms',
      'TLS4 ms6 ms',
      'Send10 ms0.2 ms',
      'Wait10 ms14 ms',
      'Download24 ms3.8 ms',
      'Total28 ms',
    ]);
    assert.match(
      (await page.getByRole('tabpanel').textContent()) ?? '',
      /192\.0\.2\.7:443.*TLSv1\.3.*CN=\*\.example\.test/s,
    );
  }));

test('the head says how it ended and posts what is asked for', () =>
  withView(views.finished(), async (view) => {
    const { page, posted } = view;
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), '200 OK');
    assert.match(
      (await page.locator('header').textContent()) ?? '',
      /84 ms1\.2 kB · 3\.8 kB decoded.*Log indevsession: default14:02:11/,
    );
    await page.getByRole('button', { name: 'Resend' }).click();
    await page.getByRole('button', { name: 'Pin' }).click();
    await page.getByRole('button', { name: 'Log in' }).click();
    for (const name of ['Copy', 'Save', 'Open in editor'])
      await page.getByRole('button', { name, exact: true }).click();
    const id = 'finished';
    assert.deepEqual(posted, [
      { type: 'ready' },
      { type: 'resend', id },
      { type: 'pin', id, pinned: true },
      { type: 'showRequest', id },
      { type: 'copyBody', id, hop: 3 },
      { type: 'saveBody', id, hop: 3 },
      { type: 'openBody', id, hop: 3 },
    ]);
    await show(view, views.finished(), true);
    assert.equal(await page.getByRole('button', { name: 'Pin' }).getAttribute('aria-pressed'), 'true');
  }));

test('a hop has a menu that works with the keyboard', () =>
  withView(views.finished(), async ({ page, posted }) => {
    const button = page.getByRole('button', { name: 'Actions for hop 2' });
    await button.focus();
    await page.keyboard.press('Enter');
    const items = page.getByRole('menuitem');
    assert.deepEqual(await items.allTextContents(), [
      'Copy as .http block',
      'Copy as cURL',
      'Copy as cURL (PowerShell)',
      'Copy as cURL (cmd)',
      'Export as HAR…',
      'Compare with…',
      'Stop here next time',
      'Send from here',
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(posted.at(-1), { type: 'copyHopAsCurl', id: 'finished', hop: 2, shell: 'bash' });
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Actions for hop 2');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    assert.deepEqual(posted.at(-1), { type: 'sendFromHere', id: 'finished', hop: 2 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('menu').count(), 0);
    await page.getByRole('button', { name: 'Actions for hop 2', expanded: false }).waitFor();
  }));

test('the body is shown indented with its digits kept, raw on demand', () =>
  withView(views.finished(), async ({ page }) => {
    const body = page.getByRole('region', { name: 'Response body' });
    assert.match((await body.innerText()) ?? '', /"id": 12345678901234567890,\n {4}"name": "Ada Lovelace",/);
    assert.match((await body.innerText()) ?? '', /\{ "sku": "A-1", "price": 12\.50 \},/);
    await page.getByRole('button', { name: 'Raw' }).click();
    assert.match((await body.innerText()) ?? '', /^\{"user":\{"id":12345678901234567890/);
    assert.equal(await page.getByRole('button', { name: 'Raw' }).getAttribute('aria-pressed'), 'true');
  }));

test('a search brings the code viewer, a long body brings it by itself', () =>
  withView(views.finished(), async (view) => {
    const { page } = view;
    assert.equal(await page.locator('.cm-editor').count(), 0);
    await page.getByRole('button', { name: 'Search' }).click();
    const find = page.getByPlaceholder('Find in the body');
    await find.fill('Lovelace');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.cm-searchMatch').first().textContent(), 'Lovelace');
    await show(view, { ...views.long(), id: 'long' });
    await page.locator('.cm-editor').waitFor();
    await page.getByRole('button', { name: 'Wrap' }).click();
    await page.locator('.cm-lineWrapping').waitFor();
    await show(view, { ...views.xml(), id: 'xml' });
    assert.equal(await page.locator('.cm-editor').count(), 0);
    assert.match(
      (await page.getByRole('region', { name: 'Response body' }).innerText()) ?? '',
      /<note lang="en">\n {2}<!-- hi -->/,
    );
  }));

test('bytes are shown as such, and an image with its size', () =>
  withView(views.binary(), async (view) => {
    const { page } = view;
    assert.match(
      (await page.getByRole('tabpanel').textContent()) ?? '',
      /00000010 {2}70 77 7e 85 8c 93 9a a1 {2}a8 af/,
    );
    await show(view, { ...views.image(), id: 'image' });
    await page.getByText('image/png · 64 × 64 pixels · 134 B').waitFor();
    await page.getByRole('button', { name: 'Hex' }).click();
    assert.match((await page.getByRole('tabpanel').textContent()) ?? '', /00000000 {2}89 50 4e 47/);
  }));

test('while it runs the hops appear, and it can be cancelled; the end is announced', () =>
  withView(views.running(), async (view) => {
    const { page, posted } = view;
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Running…');
    const underWay = 'Hop 3: GET https://app.example.test/me → under way';
    assert.equal(await page.getByRole('listitem', { name: underWay, exact: true }).count(), 1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(posted.at(-1), { type: 'cancel', id: 'running' });
    await show(view, { ...views.finished(), id: 'running' });
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
    assert.equal(await page.getByRole('status').textContent(), 'Log in: 200 OK after 84 ms.');
    assert.equal(await page.locator('.hop:has([aria-current=true])').getAttribute('aria-label'), names.me);
  }));

test('a failure says what happened and the next step, with the hops made so far', () =>
  withView(views.failed(), async ({ page }) => {
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Failed');
    assert.equal(
      await page.getByRole('alert').innerText(),
      'Nothing accepts connections at app.example.test:443.\n\nStart the server, or check the host and port; the environment in force is “dev”.',
    );
    assert.equal(
      await page.getByRole('listitem', { name: 'Hop 3: GET https://app.example.test/me → no response' }).count(),
      1,
    );
  }));

test('a blocked request lists its problems with links to their lines', () =>
  withView(views.blocked(), async ({ page, posted }) => {
    const problems = page.getByRole('list', { name: 'Problems' }).getByRole('listitem');
    assert.equal(await problems.count(), 2);
    await problems.first().getByRole('button', { name: 'line 3' }).click();
    assert.deepEqual(posted.at(-1), { type: 'showProblem', line: 3, column: 6 });
    assert.equal(await page.getByRole('tab').count(), 0);
  }));

test('while a retry waits, the next attempt can be made at once', () =>
  withView(views.waiting(), async ({ page, posted }) => {
    await page.getByText('next attempt in 60 s').waitFor();
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Running… 503 Service Unavailable');
    await page.getByRole('button', { name: 'Send Now' }).click();
    assert.deepEqual(posted.at(-1), { type: 'sendNow', id: 'waiting' });
  }));

test('an offer is a button', () =>
  withView(views.unauthorized(), async ({ page, posted }) => {
    await page.getByRole('button', { name: 'Log in again: send “login”' }).click();
    assert.deepEqual(posted.at(-1), { type: 'offer', id: 'unauthorized', command: 'loginAgain' });
  }));

test('what the user chose survives a reload, and a new exchange keeps the tab but not the hop', async () => {
  let saved: unknown;
  await withView(views.finished(), async (view) => {
    await view.page.getByRole('listitem', { name: names.login }).click();
    await view.page.getByRole('tab', { name: 'Cookies' }).click();
    saved = await view.state();
  });
  assert.deepEqual(saved, {
    id: 'finished',
    pinned: false,
    selections: [['finished', { tab: 'cookies', request: 'sent', wrap: false, hop: 1 }]],
  });
  const check = async ({ page }: ViewPage, hop: string): Promise<void> => {
    assert.equal(await page.getByRole('tab', { selected: true }).getAttribute('aria-label'), 'Cookies');
    assert.equal(await page.locator('.hop:has([aria-current=true])').getAttribute('aria-label'), hop);
  };
  await withView(
    views.finished(),
    async (view) => {
      await check(view, names.login);
      await show(view, { ...views.finished(), id: 'another' });
      await check(view, names.me);
    },
    { saved },
  );
});

test('text of a server is text and nothing else', async () => {
  const markup = '<img src=x onerror="globalThis.hacked = true"><script>globalThis.hacked = true</script>';
  const finished = views.finished();
  const hostile = JSON.parse(
    JSON.stringify(finished).replaceAll(/Ada Lovelace|5e1c|See Other|sso\b/g, JSON.stringify(markup).slice(1, -1)),
  ) as ExchangeView;
  await withView({ ...hostile, title: markup, warnings: [markup] }, async ({ page }) => {
    for (const tab of ['Body', 'Headers', 'Cookies', 'Request', 'Timing']) {
      await page.getByRole('tab', { name: tab }).click();
      assert.equal(await page.locator('#root img, #root script').count(), 0, tab);
    }
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
    assert.equal(await page.locator('.notice.warn').innerText(), markup);
  });
});

test('an empty view says what to do', async () => {
  const view = await openView(browser, bundles);
  await view.show({ type: 'empty', message: 'Click “Send” above a request.' });
  assert.equal(await view.page.locator('main').innerText(), 'Response\n\nClick “Send” above a request.');
  assert.deepEqual(view.trouble, []);
  await view.page.context().close();
});

test('texts come in the user’s language, a key that is missing in English', () =>
  withView(views.finished(), async (view) => {
    const { page } = view;
    await view.show({
      type: 'show',
      exchange: views.finished(),
      pinned: false,
      strings: { tabBody: 'Inhalt', sessionName: 'Sitzung: {0}' },
    });
    assert.equal(await page.getByRole('tab', { name: 'Inhalt' }).count(), 1);
    assert.equal(await page.getByText('Sitzung: default').count(), 1);
    assert.equal(await page.getByRole('tab', { name: 'Headers' }).count(), 1);
  }));

test('a narrow column and a zoom of 200 % stack, and nothing is cut off', async () => {
  for (const options of [{ viewport: { width: 320, height: 640 } }, { zoom: 2 }] as const) {
    await withView(
      views.finished(),
      async ({ page }) => {
        for (const tab of ['Headers', 'Cookies', 'Request', 'Timing', 'Body']) {
          await page.getByRole('tab', { name: tab }).click();
          const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          assert.ok(wide <= 0, `${tab}: ${String(wide)} pixels too wide`);
        }
      },
      options,
    );
  }
});

test('the shell stays small, and the viewer is not part of it', () => {
  const shell = bundles.scripts['webview.js']?.length ?? Number.NaN;
  assert.ok(shell < 120_000, `${shell} bytes`);
  assert.ok(bundles.viewerBytes < 350_000, `${bundles.viewerBytes} bytes`);
});
