import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

/** What the extension host and the page of the workbench hold, after a full collection. */
export interface InUse {
  /** Bytes: objects, buffers outside the heap, the whole process. */
  readonly heap: number;
  readonly buffers: number;
  readonly rss: number;
  readonly sockets: number;
  readonly timers: number;
  /** Open files and sockets of the process; absent where the system does not tell. */
  readonly handles?: number;
  readonly tabs: number;
  /** Absent in a desktop VS Code, whose page cannot be asked. */
  readonly page?: PageInUse;
}

/** The page with its frames, the response view among them. */
export interface PageInUse {
  readonly heap: number;
  readonly nodes: number;
  readonly frames: number;
  readonly listeners: number;
}

export async function inUse(): Promise<InUse> {
  // The second collection takes what the finalisers of the first let go.
  setFlagsFromString('--expose-gc');
  for (const _ of [1, 2]) {
    (runInNewContext('gc') as () => void)();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const { heapUsed, rss, arrayBuffers } = process.memoryUsage();
  const active = process.getActiveResourcesInfo();
  const count = (name: string) => active.filter((each) => each === name).length;
  const handles = existsSync('/proc/self/fd') && { handles: readdirSync('/proc/self/fd').length };
  const page = await pageInUse();
  return {
    heap: heapUsed,
    buffers: arrayBuffers,
    rss,
    sockets: count('TCPSocketWrap'),
    timers: count('Timeout'),
    ...handles,
    tabs: vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length,
    ...(page && { page }),
  };
}

/** `page.asked` is seen by who runs the browser, and answered with `page.json`. */
async function pageInUse(): Promise<PageInUse | undefined> {
  if (process.env['CRUMBTRAIL_PAGE'] === undefined) return undefined;
  const answer = join(__dirname, 'page.json');
  rmSync(answer, { force: true });
  writeFileSync(join(__dirname, 'page.asked'), '');
  while (!existsSync(answer)) await new Promise((resolve) => setTimeout(resolve, 50));
  return JSON.parse(readFileSync(answer, 'utf8')) as PageInUse;
}

/** Before → after, in a sentence of figures. */
export function inUseText(before: InUse, after: InUse): string {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const change = (name: string, from: string | number, to: string | number) => `${name} ${from} → ${to}`;
  return [
    change('heap', mb(before.heap), mb(after.heap)),
    change('buffers', mb(before.buffers), mb(after.buffers)),
    change('rss', mb(before.rss), mb(after.rss)),
    change('sockets', before.sockets, after.sockets),
    change('timers', before.timers, after.timers),
    change('open files', before.handles ?? '–', after.handles ?? '–'),
    change('tabs', before.tabs, after.tabs),
    ...(before.page && after.page
      ? [
          change('page', mb(before.page.heap), mb(after.page.heap)),
          change('nodes', before.page.nodes, after.page.nodes),
          change('frames', before.page.frames, after.page.frames),
          change('listeners', before.page.listeners, after.page.listeners),
        ]
      : []),
  ].join(', ');
}
