import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';

export type Pairs = readonly (readonly [name: string, value: string | null])[];

/** For each name listed, the values of all its lines are exactly those listed; `null` means no such line. */
export function checkHeaders(actual: Pairs, expected: Pairs, where: string): void {
  for (const name of new Set(expected.map(([name]) => name.toLowerCase()))) {
    const wanted = expected.filter(([key, value]) => key.toLowerCase() === name && value !== null);
    const found = actual.filter(([key]) => key.toLowerCase() === name);
    assert.deepEqual(
      found.map(([, value]) => value),
      wanted.map(([, value]) => value),
      `${where}: header ${name}`,
    );
  }
}

/** The same lines with their spelling and their order among each other. */
export function checkRawHeaders(actual: Pairs, expected: Pairs, where: string): void {
  const names = new Set(expected.map(([name]) => name.toLowerCase()));
  assert.deepEqual(
    actual.filter(([name]) => names.has(name.toLowerCase())),
    expected,
    `${where}: raw headers`,
  );
}

export function checkAbsent(actual: Pairs, names: readonly string[], where: string): void {
  const unwanted = new Set(names.map((name) => name.toLowerCase()));
  assert.deepEqual(
    actual.filter(([name]) => unwanted.has(name.toLowerCase())),
    [],
    `${where}: headers that should be absent`,
  );
}

/** Header bytes as the text they are in UTF-8, or one character a byte when they are none. */
export function decoded(headers: readonly (readonly [name: string, value: string])[]): (readonly [string, string])[] {
  return headers.map(([name, value]) => {
    const bytes = Buffer.from(value, 'latin1');
    return [name, isUtf8(bytes) ? bytes.toString('utf8') : value];
  });
}
