import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const stages = readFileSync(join(root, 'test', 'support', 'runAll.ts'), 'utf8');

/** What a line of a workflow runs that is ours: an npm script with its stages, a program of the repository. */
function check(line: string): void {
  const [, script] = /\bnpm run ([\w:-]+)/.exec(line) ?? [];
  if (script !== undefined) assert.ok(script in scripts, `there is no script ${script}`);
  const [, wanted = ''] = /\bnpm test -- (.+)$/.exec(line) ?? [];
  for (const stage of wanted.split(' ').filter(Boolean)) assert.ok(stages.includes(`name: '${stage}'`), stage);
  const [, program] = /(?:\bnode |^\s*- run: )((?:test|\.ci)\/[\w./-]+)/.exec(line) ?? [];
  if (program !== undefined) assert.ok(existsSync(join(root, program)), `${program} is not there`);
}

for (const name of globSync('.github/workflows/*.yml', { cwd: root })) {
  test(`${name} runs what is there`, () => {
    const runs = readFileSync(join(root, name), 'utf8')
      .split('\n')
      .filter((line) => line.includes('run: '));
    assert.ok(runs.length > 0);
    runs.forEach(check);
  });
}
