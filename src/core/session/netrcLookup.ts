import { netrcEntry, parseNetrc, type NetrcFile, type NetrcVerdict } from '../http/auth/netrc.ts';
import type { BasicCredentials } from '../http/auth/credentials.ts';
import type { Warning } from '../http/failure.ts';

export interface NetrcLogin {
  readonly credentials: BasicCredentials | undefined;
  readonly warnings: readonly Warning[];
}

/** The login of a host in the user's netrc file; `named` leaves its default out. */
export type NetrcLookup = (hostname: string, named: boolean) => Promise<NetrcLogin>;

/** Reads the file when it is first needed, and once for a send: every hop sees the same. A broken file gives nothing and is told once. */
export function netrcLookup(read: (() => Promise<NetrcFile | undefined>) | undefined): NetrcLookup {
  let reading: Promise<{ path: string; verdict: NetrcVerdict } | undefined> | undefined;
  let told = false;
  return async (hostname, named) => {
    reading ??= readAndParse(read);
    const file = await reading;
    if (file === undefined) return { credentials: undefined, warnings: [] };
    if (!file.verdict.ok) {
      const { line, message } = file.verdict;
      const warnings = told ? [] : [netrcInvalid(file.path, line, message)];
      told = true;
      return { credentials: undefined, warnings };
    }
    const entries = file.verdict.entries.filter(({ host }) => host !== undefined || !named);
    const entry = netrcEntry(entries, hostname);
    const credentials = entry && { type: 'basic' as const, username: entry.login, password: entry.password };
    return { credentials, warnings: [] };
  };
}

async function readAndParse(
  read: (() => Promise<NetrcFile | undefined>) | undefined,
): Promise<{ path: string; verdict: NetrcVerdict } | undefined> {
  const file = await read?.();
  return file && { path: file.path, verdict: parseNetrc(file.text) };
}

function netrcInvalid(path: string, line: number, message: string): Warning {
  return {
    code: 'netrc-invalid',
    message: `${path}, line ${line}: ${message}. The file is not used; correct the line.`,
  };
}
