import { type FunctionCall } from './functionCall.ts';
import { formatDate, isDateUnit, shiftDate } from './dateTime.ts';
import { didYouMean } from './nearestName.ts';
import { promptOf, type Prompt } from './prompt.ts';
import { randomFunctions, widestRange } from './random.ts';
import { found, missing, type Value } from './value.ts';

/** What the dynamic functions need of the world. Core has no clock and no randomness of its own (invariant 8). */
export interface DynamicPorts {
  /** Epoch milliseconds. */
  now(): number;
  randomInt(minInclusive: number, maxExclusive: number): number;
  uuid(): string;
  processEnv(name: string): string | undefined;
  /** Minutes east of UTC at `epochMs`. */
  utcOffsetMinutes(epochMs: number): number;
  /** A name of a `.env` file. */
  dotenv(name: string): string | undefined;
  /** A variable's value, for the `%` of `$processEnv %name`. */
  variable(name: string): Promise<Value>;
  secret(name: string): Promise<string | undefined>;
  ask(prompt: Prompt): Promise<string | undefined>;
}

export type DynamicFunction = (call: FunctionCall, ports: DynamicPorts) => Value | Promise<Value>;

/** Names of all functions. `$env` is followed by `.NAME`; `$shared` needs the profiles, and is answered by those who resolve. */
export function dynamicNames(): readonly string[] {
  return [...functions.keys(), '$env', '$shared'];
}

/** Functions whose answer comes from a person or a vault: looking at a block must never call them. */
export function asksSomebody(name: string): boolean {
  return /^\$(?:secret|(?:input|pick|password)(?:-askonce)?|prompt)$/.test(name);
}

/** Value of a `$` function (GRAMMAR 1.3, C4-C6). Bad arguments are a missing value with the reason. */
export function dynamicValue(call: FunctionCall, ports: DynamicPorts): Value | Promise<Value> {
  const environment = /^\$env\.(.+)$/.exec(call.name)?.[1];
  if (environment !== undefined) return processVariable(environment, ports);
  const fn = functions.get(call.name);
  if (fn) return fn(call, ports);
  return missing(
    'unknown-function',
    `There is no function "${call.name}".${didYouMean(call.name, dynamicNames())} ` +
      'Write the value itself, or define a variable for it.',
  );
}

const functions: ReadonlyMap<string, DynamicFunction> = new Map<string, DynamicFunction>([
  ['$guid', (_call, ports) => found(ports.uuid())],
  ['$uuid', (_call, ports) => found(ports.uuid())],
  ['$randomInt', randomInt],
  ...randomFunctions,
  // C4: seconds, as three of five dialects have it.
  ['$timestamp', (call, ports) => dateValue(call.args, ports, (ms) => String(Math.floor(ms / 1000)))],
  ['$timestampMs', (call, ports) => dateValue(call.args, ports, String)],
  ['$isoTimestamp', (call, ports) => dateValue(call.args, ports, (ms) => formatDate(ms, 'iso8601', 0))],
  ['$datetime', (call, ports) => formatted(call, ports, () => 0)],
  ['$localDatetime', (call, ports) => formatted(call, ports, (ms) => ports.utcOffsetMinutes(ms))],
  ['$processEnv', processEnv],
  ['$dotenv', dotenv],
  ['$secret', secret],
  ['$input', asked],
  ['$input-askonce', asked],
  ['$pick', asked],
  ['$pick-askonce', asked],
  ['$prompt', asked],
  ['$password', asked],
  ['$password-askonce', asked],
]);

/** C5: none gives 0 to 1000, one 0 to n, two min to max with max excluded; a swapped pair is put right. */
function randomInt(call: FunctionCall, ports: DynamicPorts): Value {
  const numbers = call.args.map(Number);
  if (call.args.length > 2 || !numbers.every(Number.isSafeInteger)) {
    return badArguments(call, '{{$randomInt}}, {{$randomInt 10}} or {{$randomInt 5 10}} with whole numbers');
  }
  const [first = 0, second = 1000] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  const [min, max] = first <= second ? [first, second] : [second, first];
  if (max - min > widestRange) return badArguments(call, 'two numbers that are nearer to each other');
  const value = found(String(min === max ? min : ports.randomInt(min, max)));
  if (min === first) return value;
  return {
    ...value,
    warning: {
      code: 'function-arguments',
      message: `${first} is more than ${second}: the two were swapped. Write {{$randomInt ${min} ${max}}}.`,
    },
  };
}

function formatted(call: FunctionCall, ports: DynamicPorts, offsetAt: (epochMs: number) => number): Value {
  const hasFormat = call.args.length % 2 === 1;
  const format = hasFormat ? (call.args[0] ?? 'iso8601') : 'iso8601';
  const shift = hasFormat ? call.args.slice(1) : call.args;
  return dateValue(shift, ports, (ms) => formatDate(ms, format, offsetAt(ms)));
}

/** The clock moved by `-1 d`, when there is such an offset, given to `show`. */
function dateValue(args: readonly string[], ports: DynamicPorts, show: (epochMs: number) => string): Value {
  if (args.length === 0) return found(show(ports.now()));
  const [amount = '', unit = ''] = args;
  if (args.length !== 2 || !/^[+-]?\d+$/.test(amount) || !isDateUnit(unit)) {
    return missing(
      'bad-function-arguments',
      `"${args.join(' ')}" is no date offset. Write a whole number and one of y, Q, M, w, d, h, m, s, ms, for example "-1 d".`,
    );
  }
  const shifted = shiftDate(ports.now(), { amount: Number(amount), unit });
  if (Number.isNaN(shifted)) return missing('bad-function-arguments', `"${args.join(' ')}" leads out of the calendar.`);
  return found(show(shifted));
}

async function processEnv(call: FunctionCall, ports: DynamicPorts): Promise<Value> {
  const name = await indirectName(call, ports);
  return typeof name === 'string' ? processVariable(name, ports) : name;
}

function processVariable(name: string, ports: DynamicPorts): Value {
  const value = ports.processEnv(name);
  if (value !== undefined) return found(value);
  return missing(
    'environment-variable-missing',
    `The environment variable "${name}" is not set. Set it before the program starts, or use a variable.`,
  );
}

async function dotenv(call: FunctionCall, ports: DynamicPorts): Promise<Value> {
  const name = await indirectName(call, ports);
  if (typeof name !== 'string') return name;
  const value = ports.dotenv(name);
  if (value !== undefined) return found(value, true);
  return missing(
    'dotenv-missing',
    `No .env file between the workspace folder and this file has "${name}". Add a line ${name}=value.`,
  );
}

/** `%NAME` means: the value of the variable NAME is the name to look up. */
async function indirectName(call: FunctionCall, ports: DynamicPorts): Promise<string | Value> {
  const [name] = call.args;
  if (name === undefined || call.args.length > 1) return badArguments(call, `{{${call.name} NAME}}`);
  if (!name.startsWith('%')) return name;
  const value = await ports.variable(name.slice(1));
  return value.ok ? value.text : value;
}

async function secret(call: FunctionCall, ports: DynamicPorts): Promise<Value> {
  const [name] = call.args;
  if (name === undefined || call.args.length > 1) return badArguments(call, '{{$secret NAME}}');
  const value = await ports.secret(name);
  if (value !== undefined) return found(value, true);
  return missing(
    'secret-missing',
    `The secret "${name}" is not known. Enter it when asked, or set CRUMBTRAIL_SECRET_${name}.`,
  );
}

async function asked(call: FunctionCall, ports: DynamicPorts): Promise<Value> {
  const prompt = promptOf(call);
  if (!prompt) return missing('bad-function-arguments', `Say what to ask for, for example {{${call.name} otp}}.`);
  const value = await ports.ask(prompt);
  return value === undefined ? missing('prompt-unanswered', unanswered(prompt.name)) : found(value, prompt.secret);
}

/** Sentence for a question that nobody answered. What answers it (a box, a flag) is the host's to say. */
export function unanswered(name: string): string {
  return `Nobody answered the question for "${name}". Answer it when asked.`;
}

function badArguments(call: FunctionCall, usage: string): Value {
  return missing('bad-function-arguments', `"${call.name}" cannot use "${call.rest}". Write ${usage}.`);
}
