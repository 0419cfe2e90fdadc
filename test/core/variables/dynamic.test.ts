import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dynamicValue, type DynamicPorts } from '../../../src/core/variables/dynamic.ts';
import { functionCall } from '../../../src/core/variables/functionCall.ts';
import { found, missing } from '../../../src/core/variables/value.ts';
import { now } from '../../support/runInput.ts';

/** The lowest number is always drawn; `calls` keeps the range that was asked for. */
const calls: string[] = [];
const ports: DynamicPorts = {
  now: () => now,
  randomInt: (min, max) => {
    calls.push(`${min}..${max}`);
    return min;
  },
  uuid: () => 'UUID',
  processEnv: (name) => ({ HOME: '/home/me' })[name],
  utcOffsetMinutes: () => 120,
  dotenv: (name) => ({ KEY: 'from .env' })[name],
  variable: async (name) => (name === 'which' ? found('HOME') : missing('unknown-variable', 'no')),
  secret: async (name) => ({ api: 's3cret' })[name],
  ask: async ({ kind: _kind, name, text, ...rest }) => {
    const more = Object.keys(rest).length > 1 || rest.secret ? `|${JSON.stringify(rest)}` : '';
    return name === 'silent' ? undefined : `${name}|${text}${more}`;
  },
};

describe('values', () => {
  for (const [expression, expected] of [
    ['$guid', 'UUID'],
    ['$uuid', 'UUID'],
    ['$random.uuid', 'UUID'],
    ['$timestamp', '1770091506'],
    ['$timestamp -1 d', '1770005106'],
    ['$timestamp 2 h', '1770098706'],
    ['$timestampMs', '1770091506007'],
    ['$isoTimestamp', '2026-02-03T04:05:06.007Z'],
    ['$datetime', '2026-02-03T04:05:06.007Z'],
    ['$datetime iso8601', '2026-02-03T04:05:06.007Z'],
    ['$datetime rfc1123', 'Tue, 03 Feb 2026 04:05:06 GMT'],
    ['$datetime rfc1123 1 M', 'Tue, 03 Mar 2026 04:05:06 GMT'],
    ['$datetime iso8601 1 Q', '2026-05-03T04:05:06.007Z'],
    ['$datetime iso8601 -1 y', '2025-02-03T04:05:06.007Z'],
    ['$datetime 1 w', '2026-02-10T04:05:06.007Z'],
    ['$datetime "dd-MM-yyyy"', '03-02-2026'],
    ["$datetime 'DD-MM-YYYY'", '03-02-2026'],
    ['$datetime "DD.MM.YYYY HH:mm" 2 d', '05.02.2026 04:05'],
    ['$datetime "yyyy-MM-ddTHH:mm:ss.fff"', '2026-02-03T04:05:06.007'],
    [`$datetime "dd MMM yyyy 'at' h tt"`, '03 Feb 2026 at 4 AM'],
    ['$localDatetime iso8601', '2026-02-03T06:05:06.007+02:00'],
    ['$localDatetime rfc1123', 'Tue, 03 Feb 2026 06:05:06 +0200'],
    ['$localDatetime "YYYY-MM-DD HH:mm"', '2026-02-03 06:05'],
    ['$processEnv HOME', '/home/me'],
    ['$processEnv %which', '/home/me'],
    ['$env.HOME', '/home/me'],
    ['$dotenv KEY', 'from .env'],
    ['$secret api', 's3cret'],
    ['$prompt otp Your code', 'otp|Your code'],
    ['$prompt otp', 'otp|otp'],
    ['$prompt size Which|S, M', 'size|Which|{"secret":false,"choices":["S","M"]}'],
    ['$input Your name', 'Your name|Your name'],
    ['$input Name $value: Ann', 'Name|Name|{"secret":false,"initial":"Ann"}'],
    ['$input-askonce Name', 'Name|Name|{"secret":false,"once":true}'],
    ['$pick Size $value: S,M,L', 'Size|Size|{"secret":false,"choices":["S","M","L"]}'],
    ['$password Code', 'Code|Code|{"secret":true}'],
    ['$random.alphabetic(3)', 'aaa'],
    ['$random.alphanumeric 2', 'aa'],
    ['$random.hexadecimal(4)', '0000'],
    ['$random.alphabetic(0)', ''],
    ['$random.email', 'aaaaaaaa@example.com'],
    ['$random.float(1, 2)', '1'],
    ['$random.boolean', 'false'],
  ] as const) {
    test(`${expression} → ${expected}`, () => check(expression, expected));
  }
});

describe('ranges (C5)', () => {
  for (const [expression, range] of [
    ['$randomInt', '0..1000'],
    ['$randomInt 5', '0..5'],
    ['$randomInt 5 10', '5..10'],
    ['$randomInt -10 10', '-10..10'],
    ['$randomInt 30 25', '25..30'],
    ['$randomInt -5', '-5..0'],
    ['$random.integer', '0..1000'],
    ['$random.integer(2, 8)', '2..8'],
  ] as const) {
    test(`${expression} draws from ${range}`, async () => {
      calls.length = 0;
      assert.ok((await valueOf(expression)).ok);
      assert.deepEqual(calls, [range]);
    });
  }

  test('a swapped pair is put right and said', async () => {
    const value = await valueOf('$randomInt 30 25');
    assert.equal(
      value.ok && value.warning?.message,
      '30 is more than 25: the two were swapped. Write {{$randomInt 25 30}}.',
    );
  });
});

describe('what cannot be', () => {
  for (const [expression, code] of [
    ['$randomInt foo bar', 'bad-function-arguments'],
    ['$randomInt 1 2 3', 'bad-function-arguments'],
    ['$randomInt 0 9007199254740991', 'bad-function-arguments'],
    ['$random.integer(5, 1)', 'bad-function-arguments'],
    ['$random.integer(1.5, 2)', 'bad-function-arguments'],
    ['$random.alphabetic(many)', 'bad-function-arguments'],
    ['$random.alphabetic(2000000)', 'bad-function-arguments'],
    ['$timestamp 1', 'bad-function-arguments'],
    ['$timestamp 1 fortnight', 'bad-function-arguments'],
    ['$timestamp x d', 'bad-function-arguments'],
    ['$datetime iso8601 99999999 y', 'bad-function-arguments'],
    ['$processEnv', 'bad-function-arguments'],
    ['$processEnv NOPE', 'environment-variable-missing'],
    ['$processEnv %nope', 'unknown-variable'],
    ['$env.NOPE', 'environment-variable-missing'],
    ['$dotenv NOPE', 'dotenv-missing'],
    ['$secret nope', 'secret-missing'],
    ['$prompt silent', 'prompt-unanswered'],
    ['$prompt', 'bad-function-arguments'],
    ['$rondomInt', 'unknown-function'],
  ] as const) {
    test(`${expression}: ${code}`, async () => {
      const value = await valueOf(expression);
      assert.equal(value.ok ? value.text : value.code, code);
    });
  }

  test('a mistyped function is told its right name', async () => {
    const value = await valueOf('$rondomInt');
    assert.match(value.ok ? '' : value.message, /Did you mean "\$randomInt"\?/);
  });
});

test('secrets are marked, and so is what a person typed into a password box', async () => {
  for (const expression of ['$secret api', '$password PIN']) {
    const value = await valueOf(expression);
    assert.equal(value.ok && value.secret, true, expression);
  }
});

async function check(expression: string, expected: string): Promise<void> {
  const value = await valueOf(expression);
  assert.equal(value.ok ? value.text : value.message, expected);
}

async function valueOf(expression: string) {
  const call = functionCall(expression);
  assert.ok(call, expression);
  return dynamicValue(call, ports);
}
