import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoPorts, type Demo } from '../../src/demo/server.ts';
import { root } from './paths.ts';

/** Copies `media/examples` to `folder` and points its environments at the ports that `demo` really has. */
export function copyExamples(folder: string, demo: Demo): void {
  cpSync(join(root, 'media', 'examples'), folder, { recursive: true });
  const file = join(folder, 'http-client.env.json');
  const text = readFileSync(file, 'utf8')
    .replaceAll(`127.0.0.1:${demoPorts.port}`, new URL(demo.origin).host)
    .replaceAll(`localhost:${demoPorts.secondPort}`, new URL(demo.otherOrigin).host);
  writeFileSync(file, text);
}
