/* Speed and size against their targets: `node test/bench/bench.ts [--json FILE] [--record] [--check]`, on what `npm run build` wrote to dist/. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { activationFigures } from './activation.ts';
import { bodyFigures } from './bodies.ts';
import { commandLineFigures } from './commandLine.ts';
import { connectionFigures } from './connections.ts';
import { table, verdictOf, type Figure } from './figure.ts';
import { historyFigures } from './history.ts';
import { featuresFigure, keystrokeFigure } from './keystroke.ts';
import { parseFigures } from './parseSpeed.ts';
import { record, regressions } from './recorded.ts';
import { responseViewFigures } from './responseView.ts';
import { savingFigures } from './saving.ts';
import { sessionFigures } from './session.ts';
import { sessionViewFigures } from './sessionView.ts';
import { sizeFigures } from './sizes.ts';
import { transportFigure } from './transport.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    /** Adds this run to those that `--check` compares with. */
    record: { type: 'boolean' },
    /** Fails only when a figure is worse than the recorded runs by more than their noise. */
    check: { type: 'boolean' },
  },
});
const root = join(import.meta.dirname, '..', '..');

if (!existsSync(join(root, 'dist', 'cli.cjs'))) {
  console.error('There is no dist/cli.cjs. Run "npm run build" first.');
  process.exit(2);
}

const figures: readonly Figure[] = [
  ...sizeFigures(root),
  ...activationFigures(root),
  ...(await commandLineFigures(root)),
  await transportFigure(),
  ...(await connectionFigures()),
  ...(await sessionFigures()),
  ...(await sessionViewFigures()),
  ...(await historyFigures()),
  ...parseFigures(),
  keystrokeFigure(),
  featuresFigure(),
  ...(await responseViewFigures()),
  ...(await bodyFigures()),
  ...(await savingFigures()),
];

console.log(table(figures));
const count = (wanted: string) => figures.filter((figure) => verdictOf(figure) === wanted).length;
console.log(`\n${count('met')} met, ${count('missed')} missed, ${count('not measured')} not measured`);
if (values.json !== undefined) {
  const measured = figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) }));
  writeFileSync(values.json, `${JSON.stringify({ node: process.version, figures: measured }, undefined, 2)}\n`);
}
if (values.record) record(figures);
const worse = values.check ? regressions(figures) : [];
for (const line of worse) console.log(`compared with the recorded runs: ${line}`);
process.exitCode = (values.check ? worse.length : count('missed')) > 0 ? 1 : 0;
