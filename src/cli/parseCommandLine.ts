import { parseArgs } from 'node:util';
import { didYouMean } from '../core/variables/nearestName.ts';
import { commands, type CommandSpec } from './commandLine.ts';
import { UsageError } from './usageError.ts';
import { reasonOf } from '../core/text/reasonOf.ts';

/** What the user asked for. Options may stand before and after file names; `--` ends them. */
export type CommandLine =
  | { readonly kind: 'version' }
  /** `command` is absent for the page of the program. */
  | { readonly kind: 'help'; readonly command: string | undefined }
  | { readonly kind: 'run'; readonly command: string; readonly arguments: CommandArguments };

export interface CommandArguments {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  /** The last value when an option that takes one value is repeated. */
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  /** A whole number of at least `min`; anything else is wrong usage. */
  number(name: string, min: number): number | undefined;
}

/** Throws a `UsageError` for what it does not understand. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const [first, ...rest] = argv;
  if (first === undefined) throw new UsageError('Say what to do. "crumbtrail --help" lists the commands.');
  if (first === '--version' || first === '-V') return { kind: 'version' };
  if (first === '--help' || first === '-h') return { kind: 'help', command: undefined };
  if (first === 'help') return { kind: 'help', command: helpTopic(rest) };
  if (first.startsWith('-')) throw new UsageError(`Put the command before its options: crumbtrail COMMAND ${first} …`);
  return hasSubcommands(first) ? withSubcommand(first, rest) : withOptions(first, rest);
}

function helpTopic(words: readonly string[]): string | undefined {
  const topic = words.join(' ');
  if (topic === '') return undefined;
  return hasSubcommands(topic) ? topic : known(topic);
}

function withSubcommand(group: string, rest: readonly string[]): CommandLine {
  const [name, ...others] = rest;
  if (name === '--help' || name === '-h') return { kind: 'help', command: group };
  if (name === undefined || name.startsWith('-')) {
    throw new UsageError(`Say which: ${subcommandsOf(group).join(', ')}. For example "crumbtrail ${group} list".`);
  }
  return withOptions(`${group} ${name}`, others);
}

function withOptions(command: string, rest: readonly string[]): CommandLine {
  const spec = commands[known(command)];
  if (!spec) throw new Error(`The command ${command} has no specification.`);
  const { values, positionals } = parseOptions(command, spec, rest);
  if (values['help'] === true) return { kind: 'help', command };
  return { kind: 'run', command, arguments: argumentsOf(values, positionals) };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parseOptions(
  command: string,
  spec: CommandSpec,
  args: readonly string[],
): { values: Values; positionals: readonly string[] } {
  const entries = Object.entries(spec.options).map(([name, { value, multiple }]) => [
    name,
    { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: multiple ?? false },
  ]);
  const options = { ...Object.fromEntries(entries), help: { type: 'boolean' as const, short: 'h' } };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${explain(error, spec, args)} "crumbtrail ${command} --help" lists the options.`);
  }
}

/** Says in our words what Node found: a misspelled option, a value that is missing, or one that is not wanted. */
function explain(error: unknown, spec: CommandSpec, args: readonly string[]): string {
  const message = reasonOf(error);
  const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (unknown !== undefined) {
    const candidates = Object.keys(spec.options).map((name) => `--${name}`);
    return `There is no option ${unknown}.${didYouMean(unknown, candidates)}`;
  }
  const name = /--([\w-]+)/.exec(message)?.[1] ?? '';
  const value = spec.options[name]?.value;
  return value === undefined
    ? `--${name} takes no value.`
    : `--${name} needs a value: --${name} ${value}.${dashed(name, args)}`;
}

/** A word that begins with a dash is taken for an option, unless an equals sign binds it. */
function dashed(name: string, args: readonly string[]): string {
  const after = args[args.indexOf(`--${name}`) + 1] ?? '';
  return /^-[^-]/.test(after) ? ` If the value begins with a dash, write --${name}=${after}.` : '';
}

function argumentsOf(values: Values, positionals: readonly string[]): CommandArguments {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positionals,
    text,
    flag: (name) => values[name] === true,
    texts: (name) => [values[name] ?? []].flat().map(String),
    number: (name, min) => wholeNumber(name, text(name), min),
  };
}

function wholeNumber(name: string, text: string | undefined, min: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
    throw new UsageError(`--${name} takes a whole number of at least ${min}, not "${text}".`);
  }
  return value;
}

function known(command: string): string {
  if (Object.hasOwn(commands, command)) return command;
  const names = [...Object.keys(commands), 'session', 'env'];
  throw new UsageError(
    `There is no command "${command}".${didYouMean(command, names)} "crumbtrail --help" lists the commands.`,
  );
}

function hasSubcommands(group: string): boolean {
  return subcommandsOf(group).length > 0;
}

function subcommandsOf(group: string): string[] {
  return Object.keys(commands).flatMap((name) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []));
}
