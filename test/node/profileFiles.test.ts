import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readEnvironmentSources, readProfiles } from '../../src/node/profileFiles.ts';

const contents: Readonly<Record<string, string>> = {
  'http-client.env.json': '{"dev":{"a":"out","b":"out"}}',
  'root/.vscode/settings.json': '{"rest-client.environmentVariables":{"dev":{"a":"settings","s":"settings"}}}',
  'root/.env': 'K=root',
  'root/http-client.env.json': '{"dev":{"a":"root","b":"root"}}',
  'root/http-client.private.env.json': '{"dev":{"c":"private"}}',
  'root/api/http-client.env.json': '{"dev":{"a":"near","c":"near"}}',
  'root/api/http-client.env.json.user': '{"dev":{"d":"user"}}',
  'root/api/deep/.env': 'K=deep',
  'root/api/.env.dev': 'E=near',
  'root/api/.env.example': 'E=template',
  'root/api/env/stage.env': 'E=stage',
  'root/api/env/.env': 'K=env folder',
  'root/api/env/notes.txt': 'x',
  'root/api/.httpyac.json': '{"environments":{"$shared":{"y":"1"},"yac":{"y":"2"}},"log":{"level":1}}',
  'root/other/http-client.env.json': '{"dev":{"a":"other"}}',
};
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'crumbtrail-profiles-'));
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
});

after(() => rmSync(folder, { recursive: true, force: true }));

describe('which files count', () => {
  for (const [file, expected] of [
    [
      'root/api/deep/x.http',
      [
        'root/.vscode/settings.json settings',
        'root/.env dotenv',
        'root/http-client.env.json public',
        'root/http-client.private.env.json private',
        'root/api/env/.env dotenv',
        'root/api/env/stage.env dotenv stage',
        'root/api/.httpyac.json httpyac',
        'root/api/http-client.env.json public',
        'root/api/http-client.env.json.user user',
        'root/api/.env.dev dotenv dev',
        'root/api/deep/.env dotenv',
      ],
    ],
    [
      'root/x.http',
      [
        'root/.vscode/settings.json settings',
        'root/.env dotenv',
        'root/http-client.env.json public',
        'root/http-client.private.env.json private',
      ],
    ],
    ['x.http', ['root/.vscode/settings.json settings', 'http-client.env.json public']],
    [
      undefined,
      [
        'root/.vscode/settings.json settings',
        'root/.env dotenv',
        'root/http-client.env.json public',
        'root/http-client.private.env.json private',
      ],
    ],
  ] as const) {
    test(file ?? 'an untitled document', async () => {
      const read = await readEnvironmentSources(join(folder, 'root'), file && join(folder, file));
      assert.deepEqual(
        read.map(
          ({ path, kind, profile }) =>
            `${path.slice(folder.length + 1).replaceAll('\\', '/')} ${kind}${profile === undefined ? '' : ` ${profile}`}`,
        ),
        expected,
      );
    });
  }
});

test('merged: nearest wins, private over public', async () => {
  const profiles = await readProfiles(join(folder, 'root'), join(folder, 'root/api/deep/x.http'));
  assert.deepEqual(Object.fromEntries(profiles.profiles[0]?.variables.map(({ name, value }) => [name, value]) ?? []), {
    E: 'near',
    a: 'near',
    b: 'root',
    c: 'private',
    d: 'user',
    s: 'settings',
  });
  assert.deepEqual(
    profiles.dotenv.map(({ value }) => value),
    ['root', 'env folder', 'deep'],
  );
});
