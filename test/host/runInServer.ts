#!/usr/bin/env node
/*
 * Stands in for the `code` executable: takes the arguments that @vscode/test-electron gives to a desktop VS Code, and runs the same
 * tests in the extension host of the server build, with Chromium as the window.
 */
import { parseArgs } from 'node:util';
import { launchBrowser, newPage, workbenchUrl } from './browser.ts';
import type { HostVersion } from './install.ts';
import { answerPageInUse } from './pageInUse.ts';
import { startServer } from './server.ts';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});

process.exitCode = await runTests();

async function runTests(): Promise<number> {
  const workspace = positionals[0];
  const version = process.env['CRUMBTRAIL_HOST_VERSION'] === 'oldest' ? 'oldest' : 'newest';
  await using resources = new AsyncDisposableStack();
  const server = await startServer({
    version: version satisfies HostVersion,
    driver: true,
    env: { CRUMBTRAIL_PAGE: '1' },
  });
  resources.defer(() => server.stop());
  const browser = await launchBrowser();
  resources.defer(() => browser.close());
  const options = {
    ...(workspace !== undefined && { workspace }),
    extension: String(values.extensionDevelopmentPath),
    tests: String(values.extensionTestsPath),
  };
  const page = await newPage(browser, options);
  const done = Promise.withResolvers<number>();
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => show(type, args));
  await page.exposeFunction('codeAutomationExit', (code: number) => done.resolve(code));
  page.on('crash', () => done.reject(new Error('The page of the workbench crashed.')));
  page.on('close', () => done.reject(new Error('The page of the workbench was closed.')));
  resources.use(await answerPageInUse(page, options.tests));
  const minutes = process.env['CRUMBTRAIL_SOAK'] === undefined ? 5 : 30;
  const slow = setTimeout(
    () => done.reject(new Error(`The tests did not end in ${minutes} minutes.`)),
    minutes * 60_000,
  );
  await page.goto(workbenchUrl(server, options));
  return await done.promise.finally(() => clearTimeout(slow));
}

function show(type: string, args: readonly unknown[]): void {
  const [format, ...rest] = args;
  if (type === 'error' || type === 'warn') console.error(format, ...rest);
  else console.log(format, ...rest);
}
