import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completions } from '../../../src/core/features/completions.ts';
import { functionDoc, functions } from '../../../src/core/features/functions.ts';
import { noSurroundings } from '../../../src/core/features/surroundings.ts';
import { dynamicNames } from '../../../src/core/variables/dynamic.ts';
import { marked } from '../../support/marked.ts';

test('every function that a send knows is offered and described, and no other', () => {
  assert.deepEqual(functions.map(({ name }) => name).sort(), [...dynamicNames()].sort());
});

/** What is left of a snippet when its stops keep what they propose. */
function inserted(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll('\\$', '$');
}

describe('what a completion inserts is a call of its function', () => {
  for (const name of dynamicNames()) {
    test(name, () => {
      const { document, offset } = marked(`GET http://h/{{${name.slice(0, 2)}|}}`);
      const found = completions(document, offset, noSurroundings).find(({ label }) => label === name);
      assert.ok(found);
      const call = inserted(found.insert);
      assert.ok(call === name || [' ', '(', '.'].includes(call.charAt(name.length)), call);
      assert.ok(call.startsWith(name));
      assert.equal(functionDoc(call.split(/[ (]/, 1)[0] ?? '')?.name, name);
    });
  }
});
