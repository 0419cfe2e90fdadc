import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { isSoak, openWorkshop, type Report, type SendingOptions, type Workshop } from './sendingProcesses.ts';

/** Two lines of processes, one on an encrypted store and one on a plain one, share the kills: so many in every test run, 500 in a soak. */
const killsOfALine = isSoak ? 250 : 20;
const slots = 60;
const seed = Number(process.env['CRUMBTRAIL_SEED'] ?? 20_231);

test(`${2 * killsOfALine} kills at random moments: what was reported durable is there after each`, async (t) => {
  t.diagnostic(`seed ${seed}`);
  const workshop = await openWorkshop(t);
  const lines = [{ secret: randomBytes(32).toString('hex') }, {}].map((change, index) =>
    killAgainAndAgain(workshop, { ...sending(workshop, `store${index}`), ...change }, randomFrom(seed + index)),
  );
  const durable = await Promise.all(lines);
  for (const number of durable) assert.ok(number >= killsOfALine, `only ${number} sends became durable`);
});

function sending({ directory, port }: Workshop, store: string): SendingOptions {
  const counts = { sends: 1_000_000, cookies: slots, variables: slots, flushEvery: 2 };
  return { directory: join(directory, store), port, name: 'n', ...counts };
}

/** Resolves to the number of the last send that was reported durable. */
async function killAgainAndAgain({ start }: Workshop, options: SendingOptions, random: () => number): Promise<number> {
  let durable = -1;
  for (let kills = 0; kills < killsOfALine; kills++) {
    const sender = start(options);
    // One in eight dies before it has said anything, the others some flushes and a part of one later.
    let flushes = random() < 1 / 8 ? undefined : 1 + Math.floor(random() * 5);
    if (flushes === undefined) void wait(random() * 120).then(() => sender.child.kill('SIGKILL'));
    for await (const report of sender.reports) {
      checkReport(report, durable);
      if (!('durable' in report)) continue;
      durable = report.durable;
      flushes = flushes === undefined ? undefined : flushes - 1;
      if (flushes === 0) void wait(random() * 12).then(() => sender.child.kill('SIGKILL'));
    }
    assert.equal(await sender.gone, null, 'the process ended by itself');
  }
  return durable;
}

function checkReport(report: Report, durable: number): void {
  assert.ok(!('trouble' in report), JSON.stringify(report));
  if (!('loaded' in report)) return;
  for (const [what, pairs] of Object.entries(report.loaded)) {
    const found = new Map(pairs);
    for (let number = Math.max(0, durable - slots + 1); number <= durable; number++) {
      const value = found.get(`n${number % slots}`) ?? -1;
      assert.ok(value >= number, `${what}: ${value} was loaded where ${number} was durable`);
    }
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
