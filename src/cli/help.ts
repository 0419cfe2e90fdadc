import { commands, type CommandSpec, type OptionSpec } from './commandLine.ts';

/** The page of `crumbtrail --help`. */
export function programHelp(): string {
  const rows = Object.values(commands).map(({ usage, about }): Row => [firstWords(usage), about]);
  return [
    'Send the requests of .http files, with sessions that remember cookies and variables.',
    '',
    'Usage: crumbtrail COMMAND [options]',
    '',
    ...table(rows),
    '',
    '"crumbtrail COMMAND --help" tells more. "crumbtrail --version" prints the version.',
    'Try it: "crumbtrail demo" in one terminal, "crumbtrail send demo.http --name login" in another.',
    '',
  ].join('\n');
}

/** The page of `crumbtrail COMMAND --help`; `session` and `env` list their subcommands. */
export function commandHelp(name: string): string {
  const spec = commands[name];
  if (spec) return specHelp(spec);
  const below = Object.entries(commands).filter(([each]) => each.startsWith(`${name} `));
  const rows = below.map(([, { usage, about }]): Row => [firstWords(usage), about]);
  return [`Usage: crumbtrail ${name} COMMAND [options]`, '', ...table(rows), ''].join('\n');
}

function specHelp({ usage, about, options, notes }: CommandSpec): string {
  const rows = Object.entries(options).map((option): Row => [optionUsage(option), option[1].about]);
  return [
    `Usage: crumbtrail ${usage}`,
    '',
    `${about}.`,
    ...(rows.length > 0 ? ['', ...table(rows)] : []),
    ...(notes ? ['', ...notes] : []),
    '',
  ].join('\n');
}

type Row = readonly [left: string, right: string];

function table(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function optionUsage([name, { value }]: readonly [string, OptionSpec]): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** The usage without "[options]", for the list of commands. */
function firstWords(usage: string): string {
  return usage.replace(/ ?\[(?:options|--.*)\]/g, '');
}
