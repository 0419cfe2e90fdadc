import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { SessionKey } from '../core/session/session.ts';

/** Folder of all sessions of a workspace folder: the hash keeps paths and URIs of any length and alphabet apart. */
export function sessionFolder(baseDirectory: string, folder: string): string {
  return join(baseDirectory, sha256(folder));
}

/** The file of a session below its store's directory: `<profile>/<name>.json`, both as safe file names. */
export function sessionFile(directory: string, key: SessionKey): string {
  return join(directory, safeFileName(key.profile), `${safeFileName(key.name)}.json`);
}

const longestName = 100;
/** Windows gives these names to devices, with any extension. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * A file name that is safe on every system and different for different texts, also where letter case does not count:
 * `[a-z0-9_-]` stay, every other byte is written `%2f`; a reserved word has its first letter written so; a long name is cut and gets its hash.
 */
export function safeFileName(text: string): string {
  const encoded = [...Buffer.from(text, 'utf8')].map(safeByte).join('');
  const name =
    encoded === '' || reserved.test(encoded) ? percent(encoded.charCodeAt(0) || 0) + encoded.slice(1) : encoded;
  return name.length <= longestName ? name : `${name.slice(0, 30)}%${sha256(text)}`;
}

function safeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[a-z0-9_-]/.test(character) ? character : percent(byte);
}

function percent(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
