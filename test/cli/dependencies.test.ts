import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoCli } from '../support/demoCli.ts';

const cli = demoCli({
  'requests.http': `import ./shared/login.http

###
# @name profile
GET {{host}}/profile
Authorization: Bearer {{login.response.body.token}}

###
# @name feed
GET {{host}}/feed.xml

###
# @name item
GET {{host}}/cookies/set?item={{feed.response.body.//item[@id="2"]}}
`,
  'shared/login.http': `# @name login
POST {{host}}/login
Content-Type: application/x-www-form-urlencoded

user=ada&password=lovelace
`,
});

interface Report {
  readonly name: string;
  readonly file: string;
  readonly outcome: string;
  readonly problems: readonly { readonly message: string }[];
}

async function send(name: string, ...more: string[]): Promise<{ code: number | null; reports: Report[] }> {
  const run = await cli.send(['--name', name, '--json', ...more]);
  return { code: run.code, reports: run.json<Report>() };
}

test('what a block needs is sent first with --yes, also from an imported file, and told in that order', async () => {
  const blocked = await send('profile');
  assert.equal(blocked.code, 3);
  assert.match(blocked.reports[0]?.problems[0]?.message ?? '', /--yes/);
  const sent = await send('profile', '--yes');
  assert.equal(sent.code, 0);
  const told = sent.reports.map(({ name, file, outcome }) => `${outcome} ${name} of ${file.replaceAll('\\', '/')}`);
  assert.deepEqual(told, ['completed login of shared/login.http', 'completed profile of requests.http']);
  const again = await send('profile');
  assert.deepEqual([again.code, again.reports.length], [0, 1], 'the response is in the session now');
});

test('a reference reads XML by XPath', async () => {
  assert.equal((await send('feed')).code, 0);
  const run = await cli.send(['--name', 'item', '--json']);
  assert.equal(run.code, 0, run.stdout);
  assert.match(run.stdout, /item=Cookie%20jar/);
});
