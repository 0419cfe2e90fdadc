import { randomBytes, randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';

/** Key that the session files are encrypted with (AES-256-GCM); `id` stands in each file's header. */
export interface StoreKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

const secretName = 'crumbtrail.storeKey';

/** Reads the key from secret storage; the first window makes it, and reads it back because two windows may race to be first. */
export async function storeKey(secrets: vscode.SecretStorage): Promise<StoreKey> {
  const known = await secrets.get(secretName);
  if (known !== undefined) return decode(known);
  const fresh = JSON.stringify({ id: randomUUID(), secret: randomBytes(32).toString('base64') });
  await secrets.store(secretName, fresh);
  return decode((await secrets.get(secretName)) ?? fresh);
}

function decode(text: string): StoreKey {
  const { id, secret } = JSON.parse(text) as { id: string; secret: string };
  return { id, secret: Buffer.from(secret, 'base64') };
}
