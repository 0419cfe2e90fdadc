import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declarativeCaptures } from '../../../src/core/syntax/handler.ts';

/** Captures in short: `name <- reference` or `name = literal`; `undefined` when the script is not run. */
function check(source: string, expected: readonly string[] | undefined): void {
  test(source, () => {
    const captures = declarativeCaptures(source)?.captures.map((capture) =>
      'literal' in capture ? `${capture.name} = ${capture.literal}` : `${capture.name} <- ${capture.reference}`,
    );
    assert.deepEqual(captures, expected);
  });
}

describe('handlers that only set globals', () => {
  check('client.global.set("t", response.body.token);', ['t <- response.body.token']);
  check(" client.global.set('t', response.body) ", ['t <- response.body']);
  check('client.global.set("t", response.body.items[0]["a b"].c)', ["t <- response.body.items[0]['a b'].c"]);
  check('client.global.set("t", response.body?.a)', ['t <- response.body.a']);
  check('client.global.set("h", response.headers.valueOf("X-A"))', ['h <- response.headers.X-A']);
  check('client.global.set("l", "it\\\'s")', ["l = it's"]);
  check('// why\nclient.global.set("a", "1"); /* and */\nclient.global.set("b", response.body.b)', [
    'a = 1',
    'b <- response.body.b',
  ]);
  check('client . global\n.set( `a` , `1` )', ['a = 1']);
});

describe('any other script', () => {
  for (const source of [
    '',
    '// nothing',
    'client.log("a")',
    'client.test("a", function() {})',
    'client.global.set("a", 1)',
    'client.global.set("a", response.status)',
    'client.global.set(name, "a")',
    'client.global.set("a", response.body.a + "b")',
    'client.global.set("a", `${x}`)',
    'client.global.set("a", response.body.map(x))',
    'client.global.set("a", response.body.a); client.log("b")',
    'if (response.status === 200) { client.global.set("a", "b") }',
    'client.global.set("a", "b"',
    '"client".global.set("a", "b")',
  ]) {
    check(source, undefined);
  }
});
