import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findLens } from './lenses.ts';
import { neighbours, writeNeighbour } from './neighbours.ts';
import { freshFolder, root } from './paths.ts';
import { openStage } from './stage.ts';

const folder = freshFolder('vsix');
after(() => rmSync(folder, { recursive: true, force: true }));
const vsix = join(folder, 'crumbtrail.vsix');

test('the package is small and holds what runs, nothing else', () => {
  runVsce('package', '--no-dependencies', '--out', vsix);
  assert.ok(statSync(vsix).size <= 1_500_000, `the .vsix has ${statSync(vsix).size} bytes, at most 1.5 MB`);
  const files = runVsce('ls', '--no-dependencies').trim().split('\n').toSorted();
  const foreign = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  assert.deepEqual(foreign, []);
  const missing = needed.filter((file) => !files.includes(file));
  assert.deepEqual(missing, []);
});

test('installed as a user does, beside REST Client and httpYac, it sends and shows', async (all) => {
  const stage = await openStage({ vsix, beside: neighbours.map((each) => writeNeighbour(each, folder)) });
  all.after(() => stage.close());
  await stage.window({}, async (window) => {
    const { workbench, view } = window;
    await window.step(all, 'without development mode', async () => {
      await window.sendAndSee('Log in', '200 OK');
      await view.chain.waitFor();
      await workbench.screenshot('vsix-installed');
    });
    await window.step(all, 'every one has its lens, and its own command behind it', async () => {
      for (const { lens, command } of neighbours) {
        await workbench.clickLens('### Log in', exactly(lens));
        await workbench.notification(`asked: ${command}`);
      }
    });
    await window.step(all, 'whose lenses stand there is asked, and the answer holds at once', async () => {
      const question = await workbench.notification('Whose should stand there?');
      await workbench.screenshot('vsix-lens-owner');
      await question.getByRole('button', { name: 'Crumbtrail', exact: true }).click();
      await workbench.until('lenses of Crumbtrail alone', async () => {
        const found = await Promise.all(
          neighbours.map(({ lens }) => findLens(workbench.page, '### Log in', exactly(lens))),
        );
        return found.every((lens) => lens === undefined) ? true : undefined;
      });
      await window.sendAndSee('Log in', '200 OK');
    });
    await window.step(all, 'whose key it is can be seen and changed', async () => {
      const offer = await workbench.notification('may still get Ctrl+Alt+R');
      await offer.getByRole('button', { name: 'Keyboard Shortcuts' }).click();
      const bindings = workbench.page.locator('.keybindings-editor .monaco-list-row');
      for (const command of ['Crumbtrail', ...neighbours.map((each) => each.command)]) {
        await bindings.filter({ hasText: command }).first().waitFor();
      }
      await workbench.screenshot('vsix-keys');
    });
  });
});

function exactly(lens: string): RegExp {
  return new RegExp(`^${lens}$`);
}

/** Everything that may be in the package. */
const allowed = [
  /^package(?:\.nls(?:\.[a-z-]+)?)?\.json$/,
  /^(?:README|CHANGELOG|SECURITY)\.md$/i,
  /^LICENSE(?:\.txt)?$/,
  // Bundles and the licences of what is in them; neither source maps nor figures of the build.
  /^dist\/[\w-]+\.c?js$/,
  /^dist\/ThirdPartyNotices\.txt$/,
  /^dist\/sbom\.cdx\.json$/,
  /^media\/[\w-]+\.(?:css|svg|ttf)$/,
  /^media\/icon\.png$/,
  /^media\/schemas\/[\w-]+\.schema\.json$/,
  /^media\/walkthrough\/[\w-]+\.(?:md|svg)$/,
  /^media\/examples\/[\w.-]+$/,
  /^syntaxes\/[\w.-]+\.json$/,
  /^l10n\/bundle\.l10n(?:\.[a-z-]+)?\.json$/,
];

const needed = [
  'package.json',
  'package.nls.json',
  'README.md',
  'LICENSE',
  'dist/extension.cjs',
  'dist/engine.cjs',
  'dist/language.cjs',
  'dist/browser.cjs',
  'dist/bodyWorker.cjs',
  'dist/viewMessages.cjs',
  'dist/webview.js',
  'dist/viewer.js',
  'dist/ThirdPartyNotices.txt',
  'dist/sbom.cdx.json',
  'media/examples/demo.http',
  'media/examples/http-client.env.json',
  'syntaxes/http.tmLanguage.json',
];

function runVsce(...args: string[]): string {
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, ...args], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, `vsce ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
