/**
 * A process of its own for the store's tests: `node sessionWriter.ts <directory> <name> <count>` saves a session so many times,
 * each time with one cookie and one variable more, and writes a line after each save that is durable.
 */
import { emptySnapshot } from '../../src/core/session/snapshot.ts';
import { openStore } from '../../src/node/sessionStore.ts';
import { cookieAt, key, variableAt } from '../core/session/snapshotParts.ts';

const [directory = '', name = '', count = ''] = process.argv.slice(2);
const store = openStore({ directory });

for (let saved = 1; saved <= Number(count); saved++) {
  const names = Array.from({ length: saved }, (_, index) => `${name}${index}`);
  const cookies = names.map((each, index) => cookieAt(index, { name: each }));
  const variables = names.map((each, index) => variableAt(index, { name: each }));
  await store.save({ ...emptySnapshot(key), cookies, variables });
  console.log(saved);
}
