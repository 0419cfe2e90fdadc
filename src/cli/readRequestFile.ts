import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decodeText } from '../core/text/decode.ts';
import { UsageError } from './usageError.ts';

/** Text of a file named on the command line; `-` is standard input, which is read only then. */
export async function readRequestFile(name: string): Promise<string> {
  return decodeText(await readNamedFile(name)).text;
}

export async function readNamedFile(name: string): Promise<Uint8Array> {
  if (name === '-') return buffer(process.stdin);
  try {
    return await readFile(name);
  } catch (error) {
    throw new UsageError(whyUnreadable(name, error as NodeJS.ErrnoException));
  }
}

function whyUnreadable(name: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `There is no file ${name}. Check the path; it counts from the folder you are in.`;
  if (code === 'EISDIR') return `${name} is a folder. Name a file in it, for example ${name}/requests.http.`;
  if (code === 'EACCES' || code === 'EPERM') return `${name} may not be read. Check its permissions.`;
  return `${name} cannot be read: ${message}`;
}
