import type { DynamicFunction, DynamicPorts } from './dynamic.ts';
import type { FunctionCall } from './functionCall.ts';
import { found, missing, type Value } from './value.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

/** Random ports draw from at most 2^48 numbers. */
export const widestRange = 2 ** 47;

/** A text longer than this is a mistake in the file, not a wish. */
const maxLength = 1_000_000;

/** JetBrains' `$random.*`, as far as it needs no dictionary of names and places. */
export const randomFunctions: readonly (readonly [name: string, fn: DynamicFunction])[] = [
  ['$random.uuid', (_call, ports) => found(ports.uuid())],
  ['$random.integer', (call, ports) => between(call, (min, max) => integer(ports, min, max))],
  ['$random.float', (call, ports) => between(call, (min, max) => float(ports, min, max))],
  ['$random.boolean', (_call, ports) => found(String(ports.randomInt(0, 2) === 1))],
  ['$random.alphabetic', (call, ports) => characters(call, ports, letters)],
  ['$random.alphanumeric', (call, ports) => characters(call, ports, `${letters}${digits}_`)],
  ['$random.hexadecimal', (call, ports) => characters(call, ports, `${digits}abcdef`)],
  ['$random.email', (_call, ports) => found(`${pick(ports, letters, 8).toLowerCase()}@example.com`)],
];

/** JetBrains: from 0 to 1000 when nothing is said, the upper end excluded. */
function between(call: FunctionCall, draw: (min: number, max: number) => Value): Value {
  const [min = 0, max = 1000] = call.args.map(Number);
  const two = call.args.length === 0 || call.args.length === 2;
  if (two && Number.isFinite(min) && Number.isFinite(max) && min < max) return draw(min, max);
  return missing(
    'bad-function-arguments',
    `"${call.name}" needs two numbers, the smaller first. Write {{${call.name}(1, 10)}}.`,
  );
}

function integer(ports: DynamicPorts, min: number, max: number): Value {
  const whole = Number.isSafeInteger(min) && Number.isSafeInteger(max);
  if (whole && max - min <= widestRange) return found(String(ports.randomInt(min, max)));
  return missing('bad-function-arguments', '"$random.integer" needs whole numbers. Write {{$random.integer(1, 10)}}.');
}

function float(ports: DynamicPorts, min: number, max: number): Value {
  return found(String(min + (ports.randomInt(0, widestRange) / widestRange) * (max - min)));
}

function characters(call: FunctionCall, ports: DynamicPorts, alphabet: string): Value {
  const [length = '10'] = call.args;
  if (call.args.length <= 1 && /^\d+$/.test(length) && Number(length) <= maxLength) {
    return found(pick(ports, alphabet, Number(length)));
  }
  return missing(
    'bad-function-arguments',
    `"${call.name}" needs one whole number from 0 to ${maxLength}. Write {{${call.name}(10)}}.`,
  );
}

function pick(ports: DynamicPorts, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[ports.randomInt(0, alphabet.length)]).join('');
}
