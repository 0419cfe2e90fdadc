import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { needsConformance } from './conformance/conformanceFolder.ts';
import { openCorpus } from './corpus/corpusFiles.ts';
import { corpusRows } from './corpus/corpusRows.ts';
import { readCorpus } from './corpus/readCorpus.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** `| M1 | …` to the end of the line. */
const rows = [...readme.matchAll(/^\| ([MCPRAKXS]\d+) \|.*$/gm)].map(([line, id = '']) => ({ id, line }));

test('requests.Session, row by row: every row is there, in order', () => {
  const counts = { M: 23, C: 15, P: 15, R: 18, A: 7, K: 15, X: 5, S: 7 };
  const expected = Object.entries(counts).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  assert.deepEqual(
    rows.map(({ id }) => id),
    expected,
  );
});

for (const { id, line } of rows) {
  test(`${id} is linked to its tests`, () => {
    const paths = [...line.matchAll(/\]\((test\/[^)]+)\)/g)].map(([, path = '']) => path);
    assert.ok(paths.length > 0 && !line.includes('not yet'), line);
    for (const path of paths) assert.ok(existsSync(join(root, path)), `${path} is not there`);
  });
}

// The file names the rows that it is there for.
test('the tests of single rows are linked from their rows', () => {
  const path = 'test/core/session/requestsSession.test.ts';
  const titles = readFileSync(join(root, path), 'utf8').matchAll(/test\([`']((?:[MCPRAKXS]\d+(?:, )?)+) /g);
  const named = [...titles].flatMap(([, ids = '']) => ids.split(', '));
  for (const id of named) assert.ok(rows.find((row) => row.id === id)?.line.includes(path), `${id} is not linked`);
});

test('the files of other tools: the table is what is measured', needsConformance, () => {
  const measured = corpusRows(readCorpus(openCorpus()));
  const table = readme.slice(readme.indexOf('\n## Runs your existing files'), readme.indexOf('\n## Compared'));
  const printed = table.split('\n').filter((line) => /^\| .* of .* \|$/.test(line));
  assert.deepEqual(printed, measured);
});
