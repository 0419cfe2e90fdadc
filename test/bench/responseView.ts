import type { Frame } from 'playwright-core';
import { openStage, writeRequests, type Window } from '../host/stage.ts';
import { median, type Figure } from './figure.ts';
import { startViewServer, type ViewServer } from './viewServer.ts';

const rounds = 15;

/**
 * How soon the response view of a real VS Code shows what came, medians in milliseconds. Beside each stands what the same machine
 * needs in the same run for the least of its kind: a redraw that nothing new came for, and a webview that shows one word.
 */
export async function responseViewFigures(): Promise<Figure[]> {
  try {
    return await measured();
  } catch (error) {
    const trouble = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [{ name: 'response view', unit: 'ms', target: 0, trouble }];
  }
}

async function measured(): Promise<Figure[]> {
  const server = await startViewServer();
  const stage = await openStage();
  try {
    const folder = stage.examples();
    const file = writeRequests(folder, 'view.http', [
      '### Small',
      `GET ${server.origin}/json/1000`,
      '',
      '### Large',
      `GET ${server.origin}/text/1000000`,
      '',
      '### Page',
      `GET ${server.origin}/page`,
    ]);
    let figures: Figure[] = [];
    await stage.window({ workspace: folder, file }, async (window) => {
      const small = await updates(window, server, 'Small');
      const large = await updates(window, server, 'Large');
      const openings = await firstOpenings(window);
      figures = [
        figureOf('view, 1 kB: drawn after the last byte', small.times, 50, median(small.idle)),
        figureOf('view, 1 MB text: drawn after the last byte', large.times, 100, median(small.idle)),
        figureOf('view, opened for the first time', openings.times, 300, median(openings.idle)),
        { name: 'idle: a redraw of the view', unit: 'ms', value: median(small.idle) },
        { name: 'idle: any webview, opened', unit: 'ms', value: median(openings.idle) },
      ];
    });
    return figures;
  } finally {
    server.close();
    await stage.close();
  }
}

function figureOf(name: string, times: readonly number[], target: number, idle: number): Figure {
  const sorted = times.toSorted((left, right) => left - right);
  const ratio = (median(times) / idle).toFixed(2);
  return {
    name,
    unit: 'ms',
    target,
    value: median(times),
    spread: `${sorted[0]} to ${sorted.at(-1)} ms; ${ratio} times idle`,
  };
}

/** From the last byte that left the server to the frame in which its word stands in the view. */
async function updates(window: Window, server: ViewServer, title: string) {
  await window.sendAndSee(title, '200 OK');
  const frame = await frameOf(window);
  const times: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = server.last().word;
    const drawn = await frame.evaluate<number>(sendAgainAndWait);
    if (server.last().word === before) throw new Error('Nothing was sent again.');
    times.push(drawn - server.last().at);
    idle.push(await frame.evaluate<number>(redraw));
  }
  // The first one loads what the others have.
  return { times: times.slice(1), idle: idle.slice(1) };
}

/**
 * From the key to the head of the response in a tab that was not there; and from a click to a word in the panel of a page, which has no
 * scripts. Measured from outside, so that some milliseconds of asking the browser are in both.
 */
async function firstOpenings(window: Window) {
  const { workbench } = window;
  const { page } = workbench;
  const times: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < 5; round++) {
    await closeAllButFile(window);
    await workbench.reveal(window.file, '### Page');
    let at = Date.now();
    await page.keyboard.press('Control+Alt+r');
    await workbench.webview.getByRole('heading', { level: 1 }).filter({ hasText: '200 OK' }).waitFor();
    times.push(Date.now() - at);
    const preview = workbench.webview.getByRole('button', { name: 'Preview', exact: true });
    at = Date.now();
    await preview.click();
    await workbench.webview.getByText(/^word-/).waitFor();
    idle.push(Date.now() - at);
  }
  return { times, idle };
}

async function closeAllButFile({ workbench, file }: Window): Promise<void> {
  await workbench.focusEditor(file.split('/').at(-1) ?? '');
  await workbench.command('View: Close Other Editors in Group');
  await workbench.command('View: Close Editors in Other Groups');
  await workbench.until('no webview', async () =>
    (await workbench.page.locator('iframe.webview').count()) === 0 ? true : undefined,
  );
}

async function frameOf({ view }: Window): Promise<Frame> {
  const element = await view.status.elementHandle();
  const frame = await element?.ownerFrame();
  if (!frame) throw new Error('The response view is not on the screen.');
  return frame;
}

/** In the view: sends the request again and gives the time of the frame that holds a word which was not there. */
const sendAgainAndWait = `new Promise((resolve, reject) => {
  const resend = () => [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Resend');
  // The last response may stand there while its send is not quite over.
  const begin = () => (resend() ? send() : setTimeout(begin, 20));
  const send = () => {
  const word = () => /word-\\d+-/.exec(document.querySelector('.panel-body')?.textContent ?? '')?.[0];
  const before = word();
  const late = setTimeout(() => reject(new Error('No new word came.')), 20000);
  const observer = new MutationObserver(() => {
    const now = word();
    if (now === undefined || now === before) return;
    observer.disconnect();
    clearTimeout(late);
    requestAnimationFrame(() => resolve(Date.now()));
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  resend().click();
  };
  begin();
})`;

/** In the view: pins and unpins it, which draws it anew by way of the extension; milliseconds of one of them. */
const redraw = `(async () => {
  const pin = () => [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Pin');
  const begun = performance.now();
  for (let time = 0; time < 2; time++) {
    const before = pin().getAttribute('aria-pressed');
    await new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (pin().getAttribute('aria-pressed') === before) return;
        observer.disconnect();
        requestAnimationFrame(resolve);
      }).observe(document.body, { attributes: true, subtree: true });
      pin().click();
    });
  }
  return (performance.now() - begun) / 2;
})()`;
