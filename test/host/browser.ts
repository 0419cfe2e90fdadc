import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from './install.ts';
import type { Server } from './server.ts';

export interface PageOptions {
  /** Absolute path of a folder or of a `.code-workspace` file; none opens an empty window. */
  readonly workspace?: string;
  /** Absolute path of the file to open at the start. */
  readonly openFile?: string;
  /** Absolute path of an extension to run in development. */
  readonly extension?: string;
  /** Absolute path of a CommonJS module with `run(): Promise<void>` to run in the extension host. */
  readonly tests?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Page zoom, for example 2; the viewport has so many fewer CSS pixels. */
  readonly zoom?: number;
  readonly reducedMotion?: boolean;
  /** A page of the browser that this one shares cookies and secrets with, as two windows of one user do. */
  readonly beside?: Page;
}

const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments });
}

/** A page of its own context (a user of its own), not yet at the workbench: expose functions first, then go to `workbenchUrl`. */
export async function newPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  if (options.beside !== undefined) return options.beside.context().newPage();
  const { width, height } = options.viewport ?? { width: 1400, height: 1000 };
  const zoom = options.zoom ?? 1;
  const context = await browser.newContext({
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return context.newPage();
}

/** The address that opens the workbench as `options` say. */
export function workbenchUrl(server: Server, options: PageOptions): string {
  const url = new URL(server.origin);
  if (options.workspace?.endsWith('.code-workspace')) url.searchParams.set('workspace', options.workspace);
  else if (options.workspace !== undefined) url.searchParams.set('folder', options.workspace);
  else url.searchParams.set('ew', 'true');
  const payload = [
    ...entry(url, 'extensionDevelopmentPath', options.extension),
    ...entry(url, 'extensionTestsPath', options.tests),
    ...entry(url, 'openFile', options.openFile),
  ];
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** The workbench calls the server by its host and port: with another name the file would be a stranger to the workspace it stands in. */
function entry(server: URL, name: string, path: string | undefined): (readonly [string, string])[] {
  return path === undefined ? [] : [[name, `vscode-remote://${server.host}${path}`]];
}
