/*
 * Downloads a desktop VS Code for `npm test -- in-host`: `minimum` is the one that package.json promises, `stable` the current one.
 * On a build machine its path goes into the environment of the next steps.
 */
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

const wanted = process.argv[2] ?? 'stable';
const version = wanted === 'minimum' ? minimum() : wanted;
const executable = await downloadAndUnzipVSCode({ version, cachePath: join(root, '.vscode-test') });
console.log(executable);
const environmentFile = process.env['GITHUB_ENV'];
if (environmentFile !== undefined) appendFileSync(environmentFile, `CRUMBTRAIL_VSCODE=${executable}\n`);

function minimum(): string {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  return engines.vscode.replace(/^\^/, '');
}
