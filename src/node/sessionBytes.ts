import type { Failure, Warning } from '../core/http/failure.ts';
import { newerSnapshot, readSnapshot } from '../core/session/readSnapshot.ts';
import type { SessionKey } from '../core/session/session.ts';
import { type SessionSnapshot, snapshotVersion } from '../core/session/snapshot.ts';
import { seal, unseal } from './seal.ts';

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

/** A line of JSON, the header; then the snapshot as JSON or, with a key, its AES-256-GCM sealing: nonce, ciphertext, tag. */
export function writeSessionBytes(snapshot: SessionSnapshot, key: StoreKey | undefined): Buffer {
  const { folder, profile, name } = snapshot.key;
  const plain: Header = { format: 'crumbtrail-session', version: snapshotVersion, folder, profile, name };
  const header = `${JSON.stringify(key ? { ...plain, keyId: key.id } : plain)}\n`;
  const body = JSON.stringify(snapshot);
  const content = key ? seal(body, header, key.secret) : Buffer.from(`${body}\n`, 'utf8');
  return Buffer.concat([Buffer.from(header, 'utf8'), content]);
}

export function readSessionBytes(bytes: Buffer, key: StoreKey | undefined): SessionReading {
  const bodyStart = bytes.indexOf('\n') + 1;
  const line = bytes.toString('utf8', 0, bodyStart);
  const header = readHeader(line);
  if (header === undefined) return { kind: 'unreadable', why: 'is damaged' };
  if (header.version > snapshotVersion) return { kind: 'newer', failure: newerSnapshot(header.version) };
  if (header.keyId === undefined) return readBody(bytes.toString('utf8', bodyStart));
  if (key?.id !== header.keyId)
    return { kind: 'unreadable', why: `is encrypted with the key ${header.keyId}, ${atHand(key)}` };
  const body = unseal(bytes.subarray(bodyStart), line, key.secret);
  return body === undefined
    ? { kind: 'unreadable', why: 'is damaged or was encrypted with another key' }
    : readBody(body);
}

function atHand(key: StoreKey | undefined): string {
  return key === undefined ? 'which is not at hand' : `and the key at hand is ${key.id}`;
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
