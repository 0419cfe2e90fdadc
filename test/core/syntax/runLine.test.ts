import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../src/core/syntax/parse.ts';
import { isRunBlock, runLines } from '../../../src/core/syntax/runLine.ts';

/** What one line names, whether that is a file, and what it gives. */
function check(line: string, target: string, isFile: boolean, variables: Record<string, string> = {}): void {
  test(line, () => {
    const [block] = parse(line).blocks;
    const [read] = block ? runLines(block) : [];
    assert.deepEqual(
      [read?.target.text, read?.isFile, Object.fromEntries(read?.variables ?? [])],
      [target, isFile, variables],
    );
    assert.equal(line.slice(read?.target.span.start, read?.target.span.end), target);
  });
}

check('run #login', 'login', false);
check('run # Log in', 'Log in', false);
check('run #Multi-form (@host=example.com, @user=userName)', 'Multi-form', false, {
  host: 'example.com',
  user: 'userName',
});
check('run #Log in (again)   ( @a = 1, 2 ,@b= )', 'Log in (again)', false, { a: '1, 2', b: '' });
check('run ./export/simple.http', './export/simple.http', true);
check('run   a.http (@host = {{other}})', 'a.http', true, { host: '{{other}}' });

test('a block of such lines alone can be sent, one with a request is that request', () => {
  const kinds = parse('run #a\n\n### a\nrun #b\nGET /\n\n### b\nimport c.http\n').blocks.map(isRunBlock);
  assert.deepEqual(kinds, [true, false, false]);
});
