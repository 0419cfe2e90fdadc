import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errors, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { newPage, workbenchUrl, type PageOptions } from './browser.ts';
import { findLens } from './lenses.ts';
import { screenshotFolder } from './paths.ts';
import type { Server } from './server.ts';

/** How long a person would wait before calling it broken. */
const patience = 30_000;

/** An open workbench in Chromium, driven the way a person does it: by what is on the screen. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the workbench stands and, when a file was asked for, until its editor does. */
  static async open(browser: Browser, server: Server, options: PageOptions): Promise<Workbench> {
    const page = await newPage(browser, options);
    page.setDefaultTimeout(patience);
    await page.goto(workbenchUrl(server, options));
    const workbench = new Workbench(page);
    await workbench.ready(options.openFile !== undefined);
    return workbench;
  }

  async ready(withEditor: boolean): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
    if (withEditor) await this.page.locator('.editor-instance .view-line').first().waitFor({ timeout: 60_000 });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready(true);
  }

  /** Waits until the layout is saved with an editor that `text` stands for: the browser does so when it has time, and not at a reload. It looks once a minute whether it has time. */
  async layoutSaved(text: string): Promise<void> {
    const saved = async (): Promise<true | undefined> => {
      const layout = await this.page.evaluate<string>(readSavedLayout);
      return layout.includes(text) ? true : undefined;
    };
    await this.until(`a saved layout with ${text}`, saved, 150_000);
  }

  /** Closes the window, and with the last window of a user all that the browser remembers of him. */
  async close(): Promise<void> {
    const context = this.page.context();
    await this.page.close();
    if (context.pages().length === 0) await context.close();
  }

  /** Runs a command by its title through the command palette. */
  async command(title: string): Promise<void> {
    await this.#ask('F1', `>${title}`);
    await this.quickRow(title).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Opens the quick input with a key and types. A key pressed while an earlier input is still closing is lost, so it is pressed again. */
  async #ask(key: string, text: string): Promise<void> {
    await this.until(`the quick input after ${key}`, async () => {
      if (await this.quickInput.isVisible()) await this.page.keyboard.press('Escape');
      await this.quickInput.waitFor({ state: 'hidden' });
      await this.page.keyboard.press(key);
      const input = this.quickInput.locator('input').first();
      return input.fill(text, { timeout: 2000 }).then(() => true, ignoreTimeout);
    });
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  quickRow(label: string | RegExp): Locator {
    return this.quickInput.locator('.monaco-list-row').filter({ hasText: label }).first();
  }

  /** Chooses a row of the picker that is open. */
  async pick(label: string | RegExp): Promise<void> {
    await this.quickRow(label).click();
  }

  /** Opens a file of the explorer, which must be in the side bar: a search for its name would need an index that is not there at once. */
  async openFile(name: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view').getByRole('treeitem', { name }).first();
    await this.repeat(() => row.dblclick({ timeout: 2000 }), this.activeTab(name));
  }

  /** Gives the keyboard to the editor of an open file, as a click on its tab does. */
  async focusEditor(name: string): Promise<void> {
    await this.tab(name).click();
    await this.activeTab(name).waitFor();
  }

  /** The tab when it is the one in front of the group that has the focus. */
  activeTab(name: string): Locator {
    return this.page.locator('.editor-group-container.active .tab.active').filter({ hasText: name });
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name }).first();
  }

  /** Puts the cursor on a line (from 1) of the focused editor and scrolls it into view. */
  async gotoLine(line: number, column = 1): Promise<void> {
    await this.#ask('Control+G', `:${line}:${column}`);
    // Until the row says where it goes, Enter does nothing.
    await this.quickRow(String(line)).waitFor();
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
    // The editor gets the keyboard back a moment after the box is gone: what is typed in between is lost.
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  /** Brings a line of an open file onto the screen by a part of its text as it stands on disk. */
  async reveal(file: string, text: string): Promise<void> {
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((each) => each.includes(text)) + 1;
    if (line === 0) throw new Error(`${file} has no line with "${text}".`);
    await this.focusEditor(basename(file));
    await this.gotoLine(line);
  }

  /** A line of the editor by a part of its text. The editor draws spaces as no-break spaces. */
  line(text: string): Locator {
    const pattern = new RegExp(escape(text).replaceAll(' ', '[ \u00a0]'));
    return this.page.locator('.view-line').filter({ hasText: pattern }).first();
  }

  /** Waits until the request that begins with the line `heading` has a lens with this title. */
  async lens(heading: string, title: string | RegExp): Promise<string> {
    return this.until(`a lens ${title} at "${heading}"`, async () => {
      const lens = await findLens(this.page, heading, title);
      return lens?.innerText().catch(() => undefined);
    });
  }

  /** Clicks that lens; one that was drawn anew in the very moment is looked for again. */
  async clickLens(heading: string, title: string | RegExp): Promise<void> {
    await this.until(`a click on ${title} at "${heading}"`, async () => {
      const lens = await findLens(this.page, heading, title);
      return lens?.click({ timeout: 1500 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  /** What the webview in front shows. VS Code puts the page of an extension into a frame within a frame. */
  get webview(): FrameLocator {
    return this.page.locator('iframe.webview.ready:visible').last().contentFrame().frameLocator('#active-frame');
  }

  /** A row of the completion list by a part of its text. */
  suggestion(label: string): Locator {
    return this.page.locator('.suggest-widget:visible .monaco-list-row').filter({ hasText: label }).first();
  }

  quickFix(title: string): Locator {
    return this.page.locator('.action-widget').getByText(title);
  }

  hover(text: string): Locator {
    return this.page.locator('.monaco-hover:visible').getByText(text);
  }

  /** Texts of the notifications on the screen. */
  async notifications(): Promise<readonly string[]> {
    return this.page.locator('.notification-list-item-message:visible').allInnerTexts();
  }

  /** A notification by a part of its text, also one that has left the screen for the bell; its buttons have role `button`. */
  async notification(text: string | RegExp): Promise<Locator> {
    const item = this.page.locator('.notification-list-item:visible').filter({ hasText: text }).first();
    return this.until(`a notification ${text}`, async () => {
      if (await item.isVisible()) return item;
      if (!(await this.page.locator('.notifications-center').isVisible())) {
        await this.page.locator('[id="status.notifications"]').click();
      }
      return undefined;
    });
  }

  /** A status bar item by its accessible name. */
  statusItem(name: string | RegExp): Locator {
    return this.page.locator('.part.statusbar').getByRole('button', { name });
  }

  /** A row of the tree in the side bar by its accessible name. */
  treeItem(name: string | RegExp): Locator {
    return this.page.locator('.part.sidebar').getByRole('treeitem', { name }).first();
  }

  /** The modal dialog on the screen; its buttons have role `button`. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /**
   * Does something until its effect is on the screen, or off it: VS Code loses a key or a click that comes while it draws what was hit
   * anew. The action must be one that may be done twice.
   */
  async repeat(
    action: () => Promise<unknown>,
    effect: Locator,
    state: 'visible' | 'hidden' = 'visible',
  ): Promise<void> {
    await this.until(`${effect.toString()} to be ${state} after an action`, async () => {
      await action().catch(ignoreTimeout);
      return effect.waitFor({ state, timeout: 4000 }).then(() => true, ignoreTimeout);
    });
  }

  /** Presses keys, one after the other, until their effect is on the screen. */
  async press(keys: readonly string[], effect: Locator): Promise<void> {
    const press = async (): Promise<void> => {
      for (const key of keys) await this.page.keyboard.press(key);
    };
    await this.repeat(press, effect);
  }

  /** Whether a dialog or an input waits for the user. */
  async isAsking(): Promise<boolean> {
    return (await this.dialog.isVisible()) || (await this.quickInput.isVisible());
  }

  /** Whether something becomes true in the next seconds: `true`, or `undefined` for an attempt of `until`. */
  async soon(condition: () => Promise<boolean>): Promise<true | undefined> {
    for (const deadline = Date.now() + 8000; Date.now() < deadline; await delay(50)) {
      if (await condition()) return true;
    }
    return undefined;
  }

  /** Tries until `attempt` gives something; says what it waited for when it does not. */
  async until<T>(what: string, attempt: () => Promise<T | undefined>, timeout = patience): Promise<T> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const result = await attempt();
      if (result !== undefined) return result;
      if (Date.now() > deadline) {
        throw new Error(
          `Waited ${timeout / 1000} s for ${what}. Notifications: ${JSON.stringify(await this.notifications())}`,
        );
      }
      await delay(50);
    }
  }

  /** Never throws: the failure itself is what is to be told. */
  async screenshotOfFailure(what: string): Promise<void> {
    await this.screenshot(`failed-${what.replaceAll(/\W+/g, '-').slice(0, 60)}`).catch(() => {});
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  }
}

/** What an action or a wait gives that did not come to its end in time; any other failure is one of the test. */
export function ignoreTimeout(error: unknown): undefined {
  if (!(error instanceof errors.TimeoutError)) throw error;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Runs in the page: the editors that VS Code has written to its databases. */
const readSavedLayout = `(async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith('vscode-web-state-db'));
  const values = await Promise.all(names.map((name) => new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => resolve('');
    opening.onsuccess = () => {
      const database = opening.result;
      const done = (value) => { database.close(); resolve(String(value)); };
      const reading = database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor');
      reading.onsuccess = () => done(reading.result ?? '');
      reading.onerror = () => done('');
    };
  })));
  return values.join('\\n');
})()`;
