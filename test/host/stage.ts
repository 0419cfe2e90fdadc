import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { createDemo, type Demo } from '../../src/demo/server.ts';
import { launchBrowser, type PageOptions } from './browser.ts';
import { copyExamples } from './exampleWorkspace.ts';
import { freshFolder, root } from './paths.ts';
import { ResponseView } from './responseView.ts';
import { startServer, type Server, type ServerOptions } from './server.ts';
import { Workbench } from './workbench.ts';

/** A window with the extension, and what a person sees in it. */
export interface Window {
  readonly workbench: Workbench;
  readonly view: ResponseView;
  /** Absolute path of the file that was opened. */
  readonly file: string;
  /** A part of a test that goes on in the same window. A failure leaves a screenshot `failed-…`. */
  step(test: TestContext, name: string, run: () => Promise<void>): Promise<void>;
  /** Scrolls to the request and clicks its lens, until another exchange is in the view or something is asked. */
  send(title: string): Promise<void>;
  /** Clicks `Send` above the request and waits for this status of it in the response view. */
  sendAndSee(title: string, status: string | RegExp): Promise<void>;
}

export interface WindowOptions extends Omit<PageOptions, 'openFile'> {
  /** Absolute path of the file to open; `demo.http` of a fresh copy of the examples by default. */
  readonly file?: string;
}

/** What an end-to-end test file needs: demo API, VS Code with the extension from this repository, Chromium. */
export interface Stage {
  readonly demo: Demo;
  readonly server: Server;
  /** A fresh copy of the examples, whose environments point at the demo API. */
  examples(): string;
  /** Opens a window for `use` and closes it. A failure leaves a screenshot `failed-…`. */
  window(options: WindowOptions, use: (window: Window) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The extension runs from `dist/`, so the build comes first. */
export async function openStage(options: ServerOptions = { extension: root }): Promise<Stage> {
  await using opened = new AsyncDisposableStack();
  const demo = await createDemo({ port: 0, secondPort: 0 });
  opened.defer(() => demo.close());
  const server = await startServer(options);
  opened.defer(() => server.stop());
  const browser = await launchBrowser();
  opened.defer(() => browser.close());
  const folders: string[] = [];
  opened.defer(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const examples = (): string => {
    const folder = freshFolder('workspace');
    folders.push(folder);
    copyExamples(folder, demo);
    return folder;
  };
  const all = opened.move();
  return {
    demo,
    server,
    examples,
    window: (wanted, use) => withWindow(browser, server, complete(wanted, examples), use),
    close: () => all.disposeAsync(),
  };
}

/** Writes a request file into a folder and returns its path. */
export function writeRequests(folder: string, name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

type CompleteOptions = WindowOptions & { readonly file: string };

function complete(options: WindowOptions, examples: () => string): CompleteOptions {
  if (options.file !== undefined) return { ...options, file: options.file };
  const workspace = options.workspace ?? examples();
  return { ...options, workspace, file: join(workspace, 'demo.http') };
}

async function withWindow(
  browser: Browser,
  server: Server,
  options: CompleteOptions,
  use: (window: Window) => Promise<void>,
): Promise<void> {
  const workbench = await Workbench.open(browser, server, { ...options, openFile: options.file });
  try {
    await use(windowOf(workbench, options.file));
  } catch (error) {
    await workbench.screenshotOfFailure(basename(options.file));
    throw error;
  } finally {
    await workbench.close();
  }
}

function windowOf(workbench: Workbench, file: string): Window {
  const view = new ResponseView(workbench);
  const send = async (title: string): Promise<void> => {
    const before = await view.exchange();
    const isSent = async (): Promise<boolean> =>
      (await workbench.isAsking()) || ![undefined, before].includes(await view.exchange());
    await workbench.until(`an answer to a click on Send above ${title}`, async () => {
      await workbench.reveal(file, `### ${title}`);
      await workbench.clickLens(`### ${title}`, /^Send$/);
      return workbench.soon(isSent);
    });
  };
  const sendAndSee = async (title: string, status: string | RegExp): Promise<void> => {
    await send(title);
    await view.shows(title, status);
  };
  const step: Window['step'] = (test, name, run) =>
    test.test(name, async () => {
      try {
        await run();
      } catch (error) {
        await workbench.screenshotOfFailure(name);
        throw error;
      }
    });
  return { workbench, view, file, step, send, sendAndSee };
}
