import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareRequest } from '../../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../../src/core/run/runContext.ts';
import type { SendSettings, SessionDefaults } from '../../../src/core/session/settings.ts';
import { newSession, runInput } from '../../support/runInput.ts';

interface Scene {
  readonly tags?: string;
  readonly defaults?: Partial<SessionDefaults>;
  readonly settings?: Partial<SendSettings>;
}

/** The file is `/work/api/file.http`, its root `/work`. */
function check(
  title: string,
  { tags = '', defaults = {}, settings = {} }: Scene,
  expected: Partial<SendSettings>,
): void {
  test(title, async () => {
    const session = newSession();
    session.setDefaults({ headers: [], params: [], ...defaults });
    const given = runInput(`${tags}\nGET https://a.test/x`, undefined, { session });
    const input = { ...given, settings: { ...given.settings, ...settings } };
    const prepared = await prepareRequest(prepareInput(input, createResolver(input, [], 'no'), 'no'));
    const found = Object.fromEntries(Object.keys(expected).map((name) => [name, prepared.settings[name as never]]));
    assert.deepEqual(found, expected);
  });
}

check('a certificate by tag begins at the file', { tags: '# @cert client.pem' }, { cert: '/work/api/client.pem' });
check('one level up', { tags: '# @cert ../client.pem' }, { cert: '/work/client.pem' });
check('or anywhere', { tags: '# @cert /certs/client.pem' }, { cert: '/certs/client.pem' });
check('a variable may hold it', { tags: '@file = c.pem\n# @cert {{file}}' }, { cert: '/work/api/c.pem' });
check('the session begins at the root', { defaults: { cert: 'c.pem' } }, { cert: '/work/c.pem' });
check(
  'with its key',
  { defaults: { cert: { file: 'c.pem', key: 'keys/c.key' } } },
  { cert: { file: '/work/c.pem', key: '/work/keys/c.key' } },
);
check('and so do the issuers', { defaults: { verify: 'certs/ca.pem' } }, { verify: '/work/certs/ca.pem' });
check(
  'and the list of the settings',
  { settings: { certificates: [{ file: 'c.pfx', origins: ['a.test'] }] } },
  { certificates: [{ file: '/work/c.pfx', origins: ['a.test'] }] },
);
check('nothing is nothing', { tags: '# @no-client-cert' }, { cert: null, verify: true });
check(
  'a mounted certificate is bound to the origin it is mounted for',
  { defaults: { mount: [{ prefix: 'https://a.test/', defaults: { cert: 'a.pem' } }] } },
  { cert: { file: '/work/a.pem', origins: ['https://a.test'] } },
);
