import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BodyStore } from '../core/http/bodyStore.ts';
import { loadEngine } from './bundles.ts';

/**
 * Where a body larger than `memoryLimit` bytes lies until it is in the files that its request names (`>>`): encrypted, with a key that only
 * this run knows, in a folder that goes with it.
 */
export function openSavedBodies(memoryLimit: number): BodyStore {
  const directory = join(tmpdir(), `crumbtrail-${randomUUID()}`);
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return loadEngine().openBodyFolder({ directory, secret: randomBytes(32), now: Date.now, memoryLimit });
}
