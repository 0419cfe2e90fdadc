import axe from 'axe-core';
import type { Frame, Locator } from 'playwright-core';
import { ignoreTimeout, type Workbench } from './workbench.ts';

export type TabName = 'Body' | 'Headers' | 'Cookies' | 'Request' | 'Timing';

/** The response view in front, found by roles and accessible names alone. */
export class ResponseView {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** What came of the send, for example `200 OK` or `Not sent`. */
  get status(): Locator {
    return this.#workbench.webview.getByRole('heading', { level: 1 });
  }

  /** Waits until the request with this title shows this status. */
  async shows(title: string, status: string | RegExp): Promise<void> {
    await this.#workbench.webview.locator('.meta').getByText(title, { exact: true }).waitFor();
    await this.status.filter({ hasText: status }).waitFor();
  }

  /** Identity of the exchange on the screen; `undefined` when there is none. */
  async exchange(): Promise<string | undefined> {
    const main = this.#workbench.webview.locator('main[data-exchange]');
    return main.getAttribute('data-exchange', { timeout: 1000 }).then((id) => id ?? undefined, ignoreTimeout);
  }

  get chain(): Locator {
    return this.#workbench.webview.getByRole('list', { name: 'Redirect chain' });
  }

  /** Accessible names of the rows of the chain, in order. */
  async hopNames(): Promise<readonly string[]> {
    await this.chain.waitFor();
    const rows = await this.chain.getByRole('listitem').all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
  }

  /** A row of the chain, numbers from 1. */
  hop(number: number): Locator {
    return this.chain.getByRole('listitem', { name: new RegExp(`^Hop ${number}:`) });
  }

  async selectHop(number: number): Promise<void> {
    await this.hop(number).click({ position: { x: 10, y: 10 } });
  }

  /** The exchanges of a run of several: a row's button, by the title of its request. */
  entry(title: string): Locator {
    return this.#batch.getByRole('listitem', { name: `: ${title} → ` }).getByRole('button');
  }

  async entryNames(): Promise<readonly string[]> {
    await this.#batch.waitFor();
    const rows = await this.#batch.getByRole('listitem').all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
  }

  get #batch(): Locator {
    return this.#workbench.webview.locator('.batch').getByRole('list');
  }

  async openTab(name: TabName): Promise<Locator> {
    await this.#workbench.webview.getByRole('tab', { name }).click();
    const panel = this.#workbench.webview.getByRole('tabpanel', { name });
    await panel.waitFor();
    return panel;
  }

  /** Names of the cookies in a group of the cookies tab, sorted. The tab must be open. */
  async cookies(group: 'Sent' | 'Set' | 'Refused'): Promise<readonly string[]> {
    const names = this.#workbench.webview.getByRole('table', { name: group }).getByRole('rowheader');
    return (await names.allInnerTexts()).toSorted();
  }

  get alert(): Locator {
    return this.#workbench.webview.getByRole('alert');
  }

  button(name: string | RegExp): Locator {
    return this.#workbench.webview.getByRole('button', { name });
  }

  /** Rules of axe-core that the page breaks, with the elements. */
  async accessibilityViolations(): Promise<readonly string[]> {
    const frame = await this.#frame();
    await frame.evaluate(axe.source);
    return frame.evaluate<string[]>(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.flatMap(({ id, help, nodes }) => nodes.map((node) =>
          id + ': ' + help + ' at ' + node.target.join(' ') + ' (' + (node.any[0]?.message ?? '') + ')')))`,
    );
  }

  async #frame(): Promise<Frame> {
    const element = await this.status.elementHandle();
    const frame = await element?.ownerFrame();
    if (frame === null || frame === undefined) throw new Error('The response view is not on the screen.');
    return frame;
  }
}
