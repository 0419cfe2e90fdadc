import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { cookieDocument } from '../../src/core/cookies/cookieDocument.ts';
import { isDefaultName } from '../../src/core/session/readDefaults.ts';
import { parse } from 'jsonc-parser';
import { cookieAt } from '../core/session/snapshotParts.ts';

const folder = join(import.meta.dirname, '..', '..', 'media', 'schemas');

interface Schema {
  readonly properties: Readonly<Record<string, { readonly properties?: Readonly<Record<string, object>> }>>;
}

function schema(name: string): Schema {
  return JSON.parse(readFileSync(join(folder, `${name}.schema.json`), 'utf8')) as Schema;
}

/** What a schema says of a document: the first error in words, or `valid`. */
function check(name: string, document: unknown, expected: string | RegExp): void {
  const validate = new Ajv({ strict: false }).compile(schema(name));
  const words = validate(document) ? 'valid' : `${validate.errors?.[0]?.instancePath} ${validate.errors?.[0]?.message}`;
  if (typeof expected === 'string') assert.equal(words, expected);
  else assert.match(words, expected);
}

test('every schema is one, and package.json names each of them', () => {
  const manifest = readFileSync(join(folder, '..', '..', 'package.json'), 'utf8');
  for (const file of readdirSync(folder)) {
    assert.doesNotThrow(() => new Ajv({ strict: false }).compile(schema(file.replace('.schema.json', ''))), file);
    assert.ok(manifest.includes(`./media/schemas/${file}`), file);
  }
});

test('environments', () => {
  check(
    'environments',
    JSON.parse(readFileSync(join(folder, '..', 'examples', 'http-client.env.json'), 'utf8')),
    'valid',
  );
  check(
    'environments',
    { $shared: { a: 1 }, dev: { $protected: true, $color: '#ff8800', Security: { Auth: {} } } },
    'valid',
  );
  check('environments', { dev: { $protected: 'yes' } }, '/dev/$protected must be boolean');
  check('environments', { dev: { $session: { redirect: { policy: 'odd' } } } }, /policy must be equal to one of/);
  check('environments', { host: 'x' }, '/host must be object');
});

test('the defaults of a session are those that are read', () => {
  const names = Object.keys(schema('defaults').properties);
  assert.deepEqual(
    names.filter((name) => !isDefaultName(name)),
    [],
  );
  assert.ok(names.length >= 15);
  check('defaults', { headers: { 'X-A': null }, timeout: { connectMs: 5 }, auth: 'bearer x' }, 'valid');
});

test('the document of a cookie and of a variable', () => {
  const written: unknown = parse(cookieDocument(cookieAt(1, { expires: 5 })));
  check('cookie', written, 'valid');
  assert.deepEqual(Object.keys(written as object).toSorted(), Object.keys(schema('cookie').properties).toSorted());
  check('variable', { name: 'token', value: 'x', secret: true }, 'valid');
  check('variable', { name: 'two words', value: 'x' }, /pattern/);
});
