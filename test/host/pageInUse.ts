import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PageInUse } from './inHost/inUse.ts';

/** Answers the tests in the extension host what their page holds, for as long as it lives: they cannot ask it themselves. */
export async function answerPageInUse(page: Page, tests: string): Promise<Disposable> {
  const folder = dirname(tests);
  const asked = join(folder, 'page.asked');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const clock = setInterval(() => {
    if (!existsSync(asked)) return;
    rmSync(asked);
    void answer();
  }, 100);
  const answer = async (): Promise<void> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((each) => each.name === name)?.value ?? NaN;
    const inUse: PageInUse = {
      heap: of('JSHeapUsedSize'),
      nodes: of('Nodes'),
      frames: of('Frames'),
      listeners: of('JSEventListeners'),
    };
    // At once: who waits for it reads it whole.
    writeFileSync(join(folder, 'page.json.tmp'), JSON.stringify(inUse));
    renameSync(join(folder, 'page.json.tmp'), join(folder, 'page.json'));
  };
  return { [Symbol.dispose]: () => clearInterval(clock) };
}
