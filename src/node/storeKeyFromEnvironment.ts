import { createHash, scryptSync } from 'node:crypto';
import type { StoreKey } from './sessionBytes.ts';

/**
 * The key of `CRUMBTRAIL_KEY`, with which the command line and the editor can share a store; nothing when it is not set or empty.
 * Any text is a key: 32 bytes in hexadecimal or Base64 are taken as they are, everything else is a passphrase.
 */
export function storeKeyFromEnvironment(environment: Readonly<Record<string, string | undefined>>): {
  readonly key?: StoreKey;
} {
  const text = environment['CRUMBTRAIL_KEY'];
  if (text === undefined || text === '') return {};
  const secret = readKey(text) ?? scryptSync(text, salt, 32);
  // The name is for the user to tell keys apart; it must not help to find one.
  const id = createHash('sha256').update('crumbtrail key id\0').update(secret).digest('hex').slice(0, 8);
  return { key: { id: `CRUMBTRAIL_KEY-${id}`, secret } };
}

/** The same for all stores: a key must open what another process wrote, and the store has no other place for a salt. */
const salt = 'crumbtrail session store';

function readKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/]{43}=$/.test(text)) return Buffer.from(text, 'base64');
  return undefined;
}
