import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environmentProblems } from '../../../src/core/features/environmentProblems.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { around } from '../../support/marked.ts';

/** The names that are marked, and words of what is said about them. */
function check(text: string, files: Readonly<Record<string, string>>, expected: readonly RegExp[]): void {
  test(JSON.stringify(text), () => {
    const found = environmentProblems(parse(text), around(files).profiles);
    assert.equal(found.length, expected.length);
    for (const [index, pattern] of expected.entries()) assert.match(found[index]?.message ?? '', pattern);
  });
}

const files = { '/w/http-client.env.json': '{"dev": {}, "prod": {}}' };
check('# @env dev\nGET /', files, []);
check('# @env dev, prod\nGET /', files, []);
// Variables come from the environment: none is there yet to find it by.
check('# @env {{which}}\nGET /', files, [/"{{which}}"/]);
check('# @env\nGET /', files, []);
check('# @env dve\nGET /', files, [/"dve"\. There is "dev", "prod"\. Did you mean "dev"/]);
check('# @env dev\nGET /', {}, [/no environment file/]);
check('# @env dev\nGET /', { '/w/http-client.env.json': '{"$shared": {"a": 1}}' }, [/"\$shared" alone/]);
