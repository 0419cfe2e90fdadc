import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Failure, Warning } from '../core/http/failure.ts';
import { newerSnapshot, readSnapshot } from '../core/session/readSnapshot.ts';
import type { SessionKey } from '../core/session/session.ts';
import { type SessionSnapshot, snapshotVersion } from '../core/session/snapshot.ts';

/** A key of the store: 32 bytes, and a name for it that may be read by anybody. */
export interface StoreKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

/** First line of a session file. It is readable without a key, and encryption vouches for it. */
interface Header {
  readonly format: 'crumbtrail-session';
  readonly version: number;
  readonly folder: string;
  readonly profile: string;
  readonly name: string;
  readonly keyId?: string;
}

export type SessionReading =
  | { readonly kind: 'read'; readonly snapshot: SessionSnapshot; readonly warnings: readonly Warning[] }
  /** Leave the file alone. */
  | { readonly kind: 'newer'; readonly failure: Failure }
  /** `why` completes "The saved session …", for example "is damaged". */
  | { readonly kind: 'unreadable'; readonly why: string };

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Two lines of JSON: the header, and the snapshot or, with a key, its AES-256-GCM sealing (nonce, ciphertext, tag) in Base64. */
export function writeSessionText(snapshot: SessionSnapshot, key: StoreKey | undefined): string {
  const { folder, profile, name } = snapshot.key;
  const header: Header = { format: 'crumbtrail-session', version: snapshotVersion, folder, profile, name };
  const body = JSON.stringify(snapshot);
  if (key === undefined) return `${JSON.stringify(header)}\n${body}\n`;
  const line = JSON.stringify({ ...header, keyId: key.id });
  return `${line}\n${JSON.stringify(seal(body, line, key.secret))}\n`;
}

export function readSessionText(text: string, key: StoreKey | undefined): SessionReading {
  const lineEnd = text.indexOf('\n');
  const header = readHeader(text.slice(0, Math.max(lineEnd, 0)));
  if (header === undefined) return { kind: 'unreadable', why: 'is damaged' };
  if (header.version > snapshotVersion) return { kind: 'newer', failure: newerSnapshot(header.version) };
  if (header.keyId === undefined) return readBody(text.slice(lineEnd + 1));
  if (key === undefined)
    return { kind: 'unreadable', why: `is encrypted with the key ${header.keyId}, which is not at hand` };
  if (key.id !== header.keyId) {
    return { kind: 'unreadable', why: `is encrypted with the key ${header.keyId}, and the key at hand is ${key.id}` };
  }
  const body = unseal(text.slice(lineEnd + 1), text.slice(0, lineEnd), key.secret);
  return body === undefined
    ? { kind: 'unreadable', why: 'is damaged or was encrypted with another key' }
    : readBody(body);
}

/** Which session a file holds, from its first line; `undefined` when that line is no header. */
export function sessionKeyOf(firstLine: string): SessionKey | undefined {
  const header = readHeader(firstLine);
  return header && { folder: header.folder, profile: header.profile, name: header.name };
}

function readHeader(line: string): Header | undefined {
  const header = parseJson(line) as Partial<Header> | null | undefined;
  if (header?.format !== 'crumbtrail-session' || typeof header.version !== 'number') return undefined;
  const { folder, profile, name, keyId } = header;
  const texts = [folder, profile, name, keyId ?? ''];
  return texts.every((text) => typeof text === 'string') ? (header as Header) : undefined;
}

function readBody(body: string): SessionReading {
  const reading = readSnapshot(parseJson(body));
  if (reading.ok) return { kind: 'read', snapshot: reading.snapshot, warnings: reading.warnings };
  return reading.failure.code === 'snapshot-newer'
    ? { kind: 'newer', failure: reading.failure }
    : { kind: 'unreadable', why: 'is damaged' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function seal(body: string, header: string, secret: Uint8Array): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, secret, nonce).setAAD(Buffer.from(header, 'utf8'));
  return Buffer.concat([nonce, sealing.update(body, 'utf8'), sealing.final(), sealing.getAuthTag()]).toString('base64');
}

function unseal(line: string, header: string, secret: Uint8Array): string | undefined {
  const sealed = parseJson(line);
  if (typeof sealed !== 'string') return undefined;
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const opening = createDecipheriv(cipher, secret, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(header, 'utf8'))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()]).toString('utf8');
  } catch {
    // The tag does not fit: the bytes, the header or the key are not those of the writing.
    return undefined;
  }
}
