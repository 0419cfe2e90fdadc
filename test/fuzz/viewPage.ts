import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { bundleView, openView, type ViewPage } from '../webview/responseViewPage.ts';
import type { ToView } from '../../src/protocol/messages.ts';

let opened: Promise<{ readonly browser: Browser; readonly view: ViewPage }> | undefined;

async function open(): Promise<{ readonly browser: Browser; readonly view: ViewPage }> {
  const [browser, bundles] = await Promise.all([launchBrowser(), bundleView()]);
  return { browser, view: await openView(browser, bundles) };
}

export async function closePage(): Promise<void> {
  await (await opened)?.browser.close();
  opened = undefined;
}

/** What a page may post by itself: it says that it stands, and reads on in a body that it shows. All else takes a click. */
const unasked = new Set(['ready', 'askBody']);

/** A page in Chromium gets the message: nothing breaks, something is drawn, and nothing is asked of the extension that a person did not ask for. */
export async function checkDrawn(message: unknown): Promise<void> {
  opened ??= open();
  const { view } = await opened;
  const [troubleBefore, postedBefore] = [view.trouble.length, view.posted.length];
  await view.show(message as ToView);
  // Effects run after the next frame.
  const drawn = await view.page.evaluate(
    () => new Promise<number>((resolve) => setTimeout(() => resolve(document.querySelectorAll('main').length), 20)),
  );
  assert.deepEqual(view.trouble.slice(troubleBefore), []);
  assert.ok(drawn <= 1);
  const posted = view.posted.slice(postedBefore).filter(({ type }) => !unasked.has(type));
  assert.deepEqual(posted, []);
}
