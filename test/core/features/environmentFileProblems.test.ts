import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environmentFileProblems } from '../../../src/core/features/environmentFileProblems.ts';
import type { EnvironmentSource } from '../../../src/core/variables/profile.ts';
import { mergeProfiles } from '../../../src/core/variables/profiles.ts';

const publicPath = '/w/http-client.env.json';
const privatePath = '/w/http-client.private.env.json';

/** The problems of the public file: `code: the text from its place on`. */
function check(text: string, others: readonly EnvironmentSource[], expected: readonly string[], isShared = true): void {
  const profiles = mergeProfiles([{ path: publicPath, kind: 'public', text }, ...others]);
  const found = environmentFileProblems({ path: publicPath, text }, profiles, isShared);
  assert.deepEqual(
    found.map(({ code, offset }) => `${code}: ${/^\S+/.exec(text.slice(offset))?.[0]}`),
    expected,
  );
}

const privateFile = (text: string): EnvironmentSource => ({ path: privatePath, kind: 'private', text });

test('a name that no environment file defines', () => {
  const text =
    '{ "$shared": { "base": "{{host}}/v1" }, "dev": { "host": "x", "url": "{{base}}/{{nope}}" }, "prod": { "url": "{{base}}" } }';
  check(text, [], ['unknown-environment-variable: {{nope}}"']);
});

test('a value that another file says otherwise', () => {
  check(
    '{ "dev": { "a": "1", "b": "2" }, "prod": { "a": "1" } }',
    [privateFile('{ "dev": { "a": "3" } }')],
    ['shadowed-environment-value: "a":'],
  );
});

test('a secret in a file that others see', () => {
  const text =
    '{ "dev": { "apiKey": "0123456789", "Auth": { "token": "abcdefgh" }, "key": "x", "password": "{{$secret p}}" } }';
  check(text, [], ['secret-in-public-file: "0123456789",', 'secret-in-public-file: "abcdefgh"']);
  check(text, [], [], false);
  const { length } = environmentFileProblems({ path: privatePath, text }, mergeProfiles([privateFile(text)]));
  assert.equal(length, 0);
});

test('settings, nested objects, lists, broken files and .env files say nothing', () => {
  check('{ "dev": { "$session": { "auth": "bearer {{x}}" }, "list": ["{{x}}"], "n": 1 }, "loose": "{{x}}" }', [], []);
  check('{ "dev": { "a": ', [], []);
  assert.deepEqual(environmentFileProblems({ path: '/w/.env', text: 'TOKEN=abcdefgh' }, mergeProfiles([])), []);
});
