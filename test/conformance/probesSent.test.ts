import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type EchoServer, startEcho } from '../support/echo.ts';
import { needsConformance } from './conformanceFolder.ts';
import { readProbes, readReviewed, sendProbe } from './probes.ts';

describe('dialect probes: what reaches a server, as reviewed against the rules of GRAMMAR.md', needsConformance, () => {
  const probes = readProbes();
  const reviewed = readReviewed();
  let echo: EchoServer;
  before(async () => {
    echo = await startEcho();
  });
  after(() => echo.close());

  for (const { id, text } of probes) {
    const known = reviewed[id];
    test(`${id}: ${known?.rule ?? 'not reviewed'}`, async () => {
      assert.ok(
        known,
        'Nobody has looked at what this probe sends: add it to dialectProbes.reviewed.json with its rule.',
      );
      assert.deepEqual(await sendProbe(text, echo), known.sent);
    });
  }

  test('every record belongs to a probe', () => {
    const ids = new Set(probes.map(({ id }) => id));
    assert.deepEqual(
      Object.keys(reviewed).filter((id) => !ids.has(id)),
      [],
    );
  });
});
