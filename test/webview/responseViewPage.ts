import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { responsePage } from '../../src/present/responsePage.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import type { FromView, ToView } from '../../src/protocol/messages.ts';
import { themes, type ThemeName } from './themes.ts';

const root = join(import.meta.dirname, '..', '..');
const origin = 'http://webview.test';
const nonce = 'test-nonce';

/** The view as the extension sees it: it takes messages, and it answers. */
export interface ViewPage {
  readonly page: Page;
  /** Everything that the view posted, in order. */
  readonly posted: readonly FromView[];
  /** What broke: errors of scripts and violations of the content security policy. */
  readonly trouble: readonly string[];
  show(message: ToView): Promise<void>;
  state(): Promise<unknown>;
}

export interface ViewPageOptions {
  readonly theme?: ThemeName;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly zoom?: number;
  /** What `getState` gives, as after a reload of the window. */
  readonly saved?: unknown;
  /** What the extension answers to a message at once. */
  readonly answer?: (message: FromView) => ToView | undefined;
}

/** Bundles like those in dist/, made from the sources as they are. */
export interface ViewBundles {
  /** Scripts by name: `webview.js`, `viewer.js` and the chunks. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Bytes that the viewer loads before it can show a text. */
  readonly viewerBytes: number;
  readonly style: string;
}

export async function bundleView(): Promise<ViewBundles> {
  const bundle = (entries: Record<string, string>, options: BuildOptions) =>
    build({
      entryPoints: entries,
      absWorkingDir: join(root, 'src', 'webview'),
      outdir: join(root, 'dist'),
      bundle: true,
      minify: true,
      write: false,
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      legalComments: 'none',
      metafile: true,
      ...options,
    });
  const shell = await bundle({ webview: 'main.tsx' }, { format: 'iife' });
  const viewer = await bundle({ viewer: 'viewer.ts', csv: 'csv.ts' }, { format: 'esm', splitting: true });
  const large = await bundle({ largeViewer: 'largeViewer.ts' }, { format: 'esm' });
  const files = [shell, viewer, large].flatMap(({ outputFiles }) => outputFiles ?? []);
  return {
    scripts: Object.fromEntries(files.map(({ path, text }) => [basename(path), text])),
    viewerBytes: bytesOfEntry(viewer.metafile!),
    style: await readFile(join(root, 'media', 'response.css'), 'utf8'),
  };
}

/** An entry and the chunks that it imports outright. */
function bytesOfEntry({ outputs }: Metafile): number {
  const entry = Object.values(outputs).find(({ entryPoint }) => entryPoint?.endsWith('viewer.ts'));
  const chunks = (entry?.imports ?? []).filter(({ kind }) => kind === 'import-statement');
  return chunks.reduce((sum, { path }) => sum + (outputs[path]?.bytes ?? 0), entry?.bytes ?? Number.NaN);
}

/** Opens the page with the part of VS Code played: its API, its theme variables, its policy. Nothing leaves the machine. */
export async function openView(
  browser: Browser,
  bundles: ViewBundles,
  options: ViewPageOptions = {},
): Promise<ViewPage> {
  const context = await browser.newContext(contextOptions(options));
  const page = await context.newPage();
  const posted: FromView[] = [];
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  const show = async (message: ToView): Promise<void> =>
    void (await page.evaluate(`dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(message)} }))`));
  await page.exposeFunction('postedByView', async (message: FromView) => {
    posted.push(message);
    const answer = options.answer?.(message);
    // A page that is being closed takes no answer.
    if (answer) await show(answer).catch(() => undefined);
  });
  await page.addInitScript(playVsCode(options));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const answer = answers(bundles)[pathname];
    await route.fulfill(answer ?? { status: 404 });
  });
  await page.goto(`${origin}/`);
  return {
    page,
    posted,
    trouble,
    show,
    state: () => page.evaluate('savedByView'),
  };
}

function contextOptions({ viewport = { width: 760, height: 760 }, zoom = 1 }: ViewPageOptions): BrowserContextOptions {
  return {
    viewport: { width: Math.round(viewport.width / zoom), height: Math.round(viewport.height / zoom) },
    deviceScaleFactor: zoom,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-GB',
  };
}

function answers({ scripts, style }: ViewBundles): Record<string, { contentType: string; body: string }> {
  const page = responsePage({
    cspSource: origin,
    nonce,
    scriptUri: `${origin}/webview.js`,
    viewerUri: `${origin}/viewer.js`,
    styleUri: `${origin}/response.css`,
    lang: 'en',
    strings: englishStrings,
  });
  return {
    '/': { contentType: 'text/html; charset=utf-8', body: page },
    ...Object.fromEntries(
      Object.entries(scripts).map(([name, body]) => [
        `/${name}`,
        { contentType: 'text/javascript; charset=utf-8', body },
      ]),
    ),
    '/response.css': { contentType: 'text/css; charset=utf-8', body: style },
  };
}

/** A script that runs in the page before its own: VS Code's API, and the theme as it sets it on a webview. */
function playVsCode({ saved, theme = 'dark' }: ViewPageOptions): string {
  const { bodyClass, colors } = themes[theme];
  const variables = { ...colors, ...fonts };
  return `
    globalThis.savedByView = ${JSON.stringify(saved)};
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => postedByView(message),
      getState: () => savedByView,
      setState: (state) => (savedByView = state),
    });
    addEventListener('DOMContentLoaded', () => {
      document.body.className = ${JSON.stringify(bodyClass)};
      for (const [name, value] of Object.entries(${JSON.stringify(variables)})) {
        document.documentElement.style.setProperty('--vscode-' + name, value);
      }
    });`;
}

const fonts = {
  'font-family': 'system-ui, sans-serif',
  'font-size': '13px',
  'editor-font-family': '"DejaVu Sans Mono", monospace',
  'editor-font-size': '12.5px',
};
