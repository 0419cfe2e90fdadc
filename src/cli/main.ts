import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { loadCommands } from './bundles.ts';
import { exitCodes, type ExitCode } from './exitCode.ts';
import { commandHelp, programHelp } from './help.ts';
import { processOutput, type Output } from './output.ts';
import { parseCommandLine } from './parseCommandLine.ts';
import { UsageError } from './usageError.ts';
import { reasonOf } from '../core/text/reasonOf.ts';

async function run(argv: readonly string[], output: Output): Promise<ExitCode> {
  const line = parseCommandLine(argv);
  switch (line.kind) {
    case 'version':
      output.out(`${version()}\n`);
      return exitCodes.ok;
    case 'help':
      output.out(line.command === undefined ? programHelp() : commandHelp(line.command));
      return exitCodes.ok;
    case 'run': {
      checkNode(process.versions.node);
      enableCompileCache();
      const load = loadCommands().commands[line.command];
      if (!load) throw new Error(`The command ${line.command} is not built in.`);
      return (await load())(line.arguments, output);
    }
  }
}

/** The bundle stands one folder below the package. */
function version(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** An older Node lacks what the engine is built on, and would say so in words that help nobody. */
function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return;
  throw new UsageError(`Crumbtrail needs Node.js 22.19 or newer, and this is ${version}. Install a newer one.`);
}

async function main(): Promise<void> {
  const output = processOutput();
  try {
    process.exitCode = await run(process.argv.slice(2), output);
  } catch (error) {
    output.error(`crumbtrail: ${isMistakeOfOurs(error) ? error.stack : reasonOf(error)}\n`);
    process.exitCode = exitCodes.usage;
  }
  await output.flush();
  if (output.trouble !== undefined) {
    output.error(`crumbtrail: ${output.trouble}\n`);
    process.exitCode ||= exitCodes.failed;
    await output.flush();
  }
  // Idle keep-alive sockets must not hold the process: what had to be saved is saved.
  process.exit();
}

/** What no user can put right is shown with its place, for the report that will be written about it. */
function isMistakeOfOurs(error: unknown): error is Error {
  return [TypeError, ReferenceError, RangeError].some((kind) => error instanceof kind);
}

void main();
