import { isRequestBlock } from '../../core/syntax/query.ts';
import { saveSessions } from '../addressedSession.ts';
import { openBodyOutput, type BodyOutput } from '../bodyOutput.ts';
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
import { selectBlocks, type Selected } from '../selectBlocks.ts';
import { createTeller } from '../teller.ts';
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
  const body = bodyOutput(given, selected, output);
  const signal = interruption();
  const toOutput = reports.some(({ file }) => file === undefined);
  const teller = toOutput ? undefined : createTeller(given, output, body);
  const sender = await createSender(files, {
    environment: environmentNames(given.text('env')),
    session: given.text('session') ?? 'default',
    store: given.text('store'),
    overrides: variableAssignments(given.texts('var'), '--var'),
    yes: given.flag('yes'),
    timeoutMs: given.number('timeout', 1),
    totalTimeoutMs: given.number('total-timeout', 1),
    bodyLimit: given.number('body-limit', 0),
    insecure: given.flag('insecure'),
    proxy: given.text('proxy'),
    follow: !given.flag('no-follow'),
    signal,
    bodyStore: body?.store,
    output,
    onArrival: teller?.arrived,
  });
  const told: BlockRun[] = [];
  const tell = (run: BlockRun): void => {
    if (reports.length > 0) told.push(run);
    teller?.tell(run);
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
    const isWhole = (await body?.finish(run.result)) ?? true;
    tell(run);
    codes.push(isWhole ? exitCodeOf(run) : exitCodes.failed);
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

/** Where the body goes apart from what is told of the run. A reader behind a pipe wants the body of the one request, and nothing else. */
function bodyOutput(
  given: CommandArguments,
  selected: readonly Selected<RequestFile>[],
  output: Output,
): BodyOutput | undefined {
  const [only] = selected;
  const block = selected.length === 1 && only && isRequestBlock(only.block) ? only.block : undefined;
  const file = given.text('output');
  if (file !== undefined && !block) {
    throw new UsageError('--output takes the body of one request. Choose it with --name or --line.');
  }
  if (file === '-' && (given.flag('json') || given.texts('report').length > 0)) {
    throw new UsageError('Only one thing can go to standard output. Give the body a file: --output body.json.');
  }
  const isTold = given.flag('json') || given.flag('mask') || given.texts('report').length > 0;
  const isPiped = !output.terminal && !isTold && given.text('body-limit') === undefined;
  if (!block || (file === undefined && !isPiped)) return undefined;
  return openBodyOutput({ block, file: file === '-' ? undefined : file, output });
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
