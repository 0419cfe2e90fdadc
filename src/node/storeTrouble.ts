import { reasonOf } from '../core/text/reasonOf.ts';

/** What went wrong with a file of the store and what to do, for example "Cannot save the session default: the disk of … is full. …". */
export function inWords(error: unknown, action: string, directory: string): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code]?.(directory) ?? reasonOf(error);
  return new Error(`Cannot ${action}: ${reason}`, { cause: error });
}

const noAccess = (directory: string): string =>
  `there is no permission for ${directory}. Change its permissions, or choose another folder for sessions.`;
const full = (directory: string): string =>
  `the disk of ${directory} is full. Free some space; until then the session is kept in memory only.`;
const noFolder = (directory: string): string =>
  `${directory} is not a folder. Remove the file of that name, or choose another folder for sessions.`;

const reasons: Readonly<Record<string, (directory: string) => string>> = {
  EACCES: noAccess,
  EPERM: noAccess,
  EROFS: (directory) => `${directory} cannot be written to. Choose another folder for sessions.`,
  ENOSPC: full,
  EDQUOT: full,
  ENOTDIR: noFolder,
  EEXIST: noFolder,
};
