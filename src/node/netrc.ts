import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { NetrcFile } from '../core/http/auth/netrc.ts';

/**
 * The user's netrc file: `NETRC` of the environment, else `~/.netrc`, else `~/_netrc`, as requests looks for it. A file
 * that is not there or cannot be read is none.
 */
export async function readNetrc(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): Promise<NetrcFile | undefined> {
  const named = environment['NETRC'];
  const paths = named === undefined || named === '' ? [join(home, '.netrc'), join(home, '_netrc')] : [named];
  for (const path of paths) {
    // Most users have none, and a reading that fails costs more than the rest of a send.
    if (!existsSync(path)) continue;
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}
