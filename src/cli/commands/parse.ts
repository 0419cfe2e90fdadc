import { parse as parseText } from '../../core/syntax/parse.ts';
import { parseReport, type ParsedProblem, type ParsedRequest, type ParseReport } from '../../present/parseReport.ts';
import type { Style } from '../../present/style.ts';
import { exitCodes, type ExitCode } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import type { Output } from '../output.ts';
import { readRequestFile } from '../readRequestFile.ts';
import { UsageError } from '../usageError.ts';

/** A file that cannot be read is told, and the others are read all the same; problems in a file are what one asks for, not a failure. */
export const parse: Command = async (given, output) => {
  if (given.positionals.length === 0) throw new UsageError('Name a file: crumbtrail parse FILE.');
  let code: ExitCode = exitCodes.ok;
  for (const name of given.positionals) {
    const text = await readOrTell(name, output);
    if (text === undefined) {
      code = exitCodes.usage;
      continue;
    }
    const report = parseReport(name, parseText(text));
    output.out(given.flag('json') ? `${JSON.stringify(report)}\n` : parseReportText(report, output.style));
  }
  return code;
};

async function readOrTell(name: string, output: Output): Promise<string | undefined> {
  try {
    return await readRequestFile(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.error(`crumbtrail: ${error.message}\n`);
    return undefined;
  }
}

function parseReportText({ file, requests, problems }: ParseReport, style: Style): string {
  const lines = [
    ...requests.map((request) => requestLine(file, request, style)),
    ...(requests.length === 0 ? [`${file}: no request`] : []),
    ...problems.map((problem) => problemLine(file, problem, style)),
  ];
  return `${lines.join('\n')}\n`;
}

function requestLine(file: string, { line, method, target, name, title }: ParsedRequest, style: Style): string {
  const names = [...new Set([name, title])].filter((each) => each !== undefined).join(' · ');
  return `${style('dim', `${file}:${line}`)} ${style('cyan', method)} ${target}${names === '' ? '' : `  ${style('bold', names)}`}`;
}

function problemLine(file: string, { line, column, severity, message }: ParsedProblem, style: Style): string {
  const colour = severity === 'error' ? 'red' : severity === 'warning' ? 'yellow' : 'dim';
  return `${file}:${line}:${column} ${style(colour, severity)}: ${message}`;
}
