import { createMask } from '../../present/mask.ts';
import { exchangeReport } from '../../present/report.ts';
import { exchangeSecrets } from '../../present/exchangeSecrets.ts';
import { runText } from '../../present/text.ts';
import { saveSessions } from '../addressedSession.ts';
import { environmentNames } from '../environmentNames.ts';
import { exitCodes, strongestExitCode, type ExitCode } from '../exitCode.ts';
import { interruption } from '../interruption.ts';
import type { Command } from '../commands.ts';
import type { Output } from '../output.ts';
import type { CommandArguments } from '../parseCommandLine.ts';
import { openRequestFile, type RequestFile } from '../runFile.ts';
import { requestFileNames } from '../requestFileNames.ts';
import { createSender, type BlockRun } from '../sender.ts';
import { wantedReports, writeReports } from '../reports.ts';
import { selectBlocks } from '../selectBlocks.ts';
import { UsageError } from '../usageError.ts';
import { variableAssignments } from '../variableAssignments.ts';

/** Sends what is selected, one after the other, and tells each as it ends. Nothing is sent when the command line is not clear. */
export const send: Command = async (given, output) => {
  const reports = await wantedReports(given.texts('report'), given.flag('json'));
  const files = await openFiles(given);
  const selected = selectBlocks(files, {
    names: given.texts('name'),
    line: given.number('line', 1),
    all: given.flag('all'),
  });
  const signal = interruption();
  const sender = await createSender(files, {
    environment: environmentNames(given.text('env')),
    session: given.text('session') ?? 'default',
    store: given.text('store'),
    overrides: variableAssignments(given.texts('var'), '--var'),
    yes: given.flag('yes'),
    timeoutMs: given.number('timeout', 1),
    bodyLimit: given.number('body-limit', 0),
    insecure: given.flag('insecure'),
    proxy: given.text('proxy'),
    follow: !given.flag('no-follow'),
    signal,
    output,
  });
  const told: BlockRun[] = [];
  const print = reports.some(({ file }) => file === undefined) ? () => undefined : teller(given, output);
  const tell = (run: BlockRun): void => {
    if (reports.length > 0) told.push(run);
    print(run);
  };
  const report = async (): Promise<ExitCode> => {
    const unmasked = given.flag('report-secrets');
    return (await writeReports(reports, told, selected, { output, unmasked })) ? exitCodes.ok : exitCodes.usage;
  };
  const codes: ExitCode[] = [];
  const blocked = given.flag('all') ? await sender.check(selected) : [];
  for (const run of blocked) tell(run);
  if (blocked.length > 0) {
    output.error(`crumbtrail: Nothing was sent, because of ${blocked.length} of ${selected.length} requests.\n`);
    return strongestExitCode([exitCodes.blocked, await report()]);
  }
  for await (const run of sender.run(selected)) {
    tell(run);
    codes.push(exitCodeOf(run));
    if (given.flag('fail-fast') && codes.at(-1) !== exitCodes.ok) {
      output.error('crumbtrail: Stopped here, because of --fail-fast.\n');
      break;
    }
  }
  if (signal.aborted) codes.push(exitCodes.cancelled);
  codes.push(await saveSessions(sender.sessions, output), await report());
  return strongestExitCode(codes);
};

async function openFiles(given: CommandArguments): Promise<readonly RequestFile[]> {
  if (given.positionals.length === 0) throw new UsageError('Name a file or a folder: crumbtrail send FILE.');
  const files: RequestFile[] = [];
  for (const name of await requestFileNames(given.positionals)) {
    files.push(await openRequestFile(name, given.text('root')));
  }
  return files;
}

/** Prints one run after the other, in the form asked for. */
function teller(given: CommandArguments, output: Output): (run: BlockRun) => void {
  const bodyLimit = given.number('body-limit', 0);
  let first = true;
  return ({ file, result }) => {
    const mask = given.flag('mask') ? createMask(exchangeSecrets(result)) : undefined;
    const options = { file: file.name, lines: file.document.lines, mask, bodyLimit };
    if (given.flag('json')) output.out(`${JSON.stringify(exchangeReport(result, options))}\n`);
    else
      output.out((first ? '' : '\n') + runText(result, { ...options, style: output.style, terminal: output.terminal }));
    first = false;
  };
}

function exitCodeOf({ result }: BlockRun): ExitCode {
  switch (result.outcome) {
    case 'cancelled':
      return exitCodes.cancelled;
    case 'blocked':
      return exitCodes.blocked;
    case 'failed':
      return exitCodes.failed;
    case 'completed':
      return (result.exchange?.hops.at(-1)?.response?.status ?? 0) < 400 ? exitCodes.ok : exitCodes.failed;
    default:
      return result.outcome satisfies never;
  }
}
