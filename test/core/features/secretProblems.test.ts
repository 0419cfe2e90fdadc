import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretProblems, writtenSecrets } from '../../../src/core/features/secretProblems.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N';

/** A file, and what in it is a credential: `name: text`. */
function check(text: string, expected: readonly string[]): void {
  const found = writtenSecrets(parse(text)).map(({ name, span }) => `${name}: ${text.slice(span.start, span.end)}`);
  assert.deepEqual(found, expected);
}

const request = (...lines: string[]) => ['GET http://a.test/', ...lines, ''].join('\n');

test('headers: the value behind the scheme', () => {
  check(request('Authorization: Bearer abcdef123456'), ['bearer: abcdef123456']);
  check(request('Authorization: Basic dXNlcjpwYXNzd29yZA=='), ['basic: dXNlcjpwYXNzd29yZA==']);
  check(request('X-Api-Key: 0123456789abcdef'), ['XApiKey: 0123456789abcdef']);
  check(request(`Authorization: Bearer ${jwt}`), [`bearer: ${jwt}`]);
});

test('variables with a name that says so, and tokens that give themselves away anywhere', () => {
  check(`@token = abcdef123456\n@page = abcdef123456\n${request()}`, ['token: abcdef123456']);
  check(`${request()}\n{ "a": "${jwt}" }\n`, [`jwt: ${jwt}`]);
  check(`GET http://a.test/?key=AKIAABCDEFGHIJKLMNOP\n`, ['awsKeyId: AKIAABCDEFGHIJKLMNOP']);
  check(`# ghp_${'a'.repeat(36)}\n${request()}`, [`githubToken: ghp_${'a'.repeat(36)}`]);
});

test('placeholders, stand-ins and short words are no secrets', () => {
  for (const value of [
    '{{token}}',
    'Bearer {{login.response.body.token}}',
    'Bearer your-token-here',
    '<token>',
    'Bearer xxxxxxxxxx',
    'short',
  ]) {
    check(request(`Authorization: ${value}`), []);
  }
  check(
    `@password = changeme-please\n${request('Cookie-Policy: accepted-all', 'Idempotency-Key: 0123456789abcdef')}`,
    [],
  );
});

test('the hint says what to do', () => {
  const [problem] = secretProblems(parse(request('Authorization: Bearer abcdef123456')));
  assert.deepEqual(
    [problem?.severity, problem?.message],
    [
      'hint',
      'This is the value of Authorization, and git tracks this file. Move it to a secret: {{$secret name}} keeps it on this machine.',
    ],
  );
});
