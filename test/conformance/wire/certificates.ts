import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** PEM of a certificate with its key. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority made for one run: nothing secret lies in the repository and nothing expires in it. */
export interface Authority extends Certificate {
  /** A server certificate for these names and addresses. */
  issue(hosts: readonly string[], validity?: Validity): Certificate;
}

/** Days before (negative) and after today. */
export interface Validity {
  readonly from: number;
  readonly to: number;
}

export function createAuthority(commonName: string): Authority {
  const keys = newKeys();
  const self = { name: commonName, key: keys.privateKey };
  const cert = certificate({ subject: commonName, publicKey: keys.publicKey, signer: self, extensions: [isAuthority] });
  return { cert, key: pemKey(keys.privateKey), issue: (hosts, validity) => leaf(hosts, self, validity) };
}

export function selfSigned(hosts: readonly string[]): Certificate {
  return leaf(hosts, undefined);
}

interface Signer {
  readonly name: string;
  readonly key: KeyObject;
}

function leaf(hosts: readonly string[], signer: Signer | undefined, validity?: Validity): Certificate {
  const keys = newKeys();
  const subject = hosts[0] ?? 'nobody';
  const cert = certificate({
    subject,
    publicKey: keys.publicKey,
    signer: signer ?? { name: subject, key: keys.privateKey },
    extensions: [alternativeNames(hosts)],
    ...(validity && { validity }),
  });
  return { cert, key: pemKey(keys.privateKey) };
}

function newKeys(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

interface Fields {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly signer: Signer;
  readonly extensions: readonly Buffer[];
  readonly validity?: Validity;
}

const dayMs = 86_400_000;

/** X.509 version 3 in DER (RFC 5280 4.1), signed with ECDSA and SHA-256. */
function certificate({ subject, publicKey, signer, extensions, validity = { from: -1, to: 365 } }: Fields): string {
  const algorithm = sequence(objectId(1, 2, 840, 10045, 4, 3, 2));
  const toBeSigned = sequence(
    tag(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(signer.name),
    sequence(utcTime(Date.now() + validity.from * dayMs), utcTime(Date.now() + validity.to * dayMs)),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tag(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, signer.key);
  const der = sequence(toBeSigned, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const isAuthority = sequence(
  objectId(2, 5, 29, 19),
  tag(0x01, Buffer.from([0xff])),
  tag(0x04, sequence(tag(0x01, Buffer.from([0xff])))),
);

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) => (isIP(host) === 0 ? tag(0x82, Buffer.from(host)) : tag(0x87, addressBytes(host))));
  return sequence(objectId(2, 5, 29, 17), tag(0x04, sequence(...names)));
}

/** Four bytes, or sixteen; of IPv6 only the loopback address is needed. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  return Buffer.concat([Buffer.alloc(15), Buffer.from([1])]);
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tag(0x31, sequence(objectId(2, 5, 4, 3), tag(0x0c, Buffer.from(commonName)))));
}

function utcTime(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return tag(0x17, Buffer.from(`${digits}Z`));
}

function objectId(first: number, second: number, ...rest: readonly number[]): Buffer {
  return tag(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [...base128(value >> 7).map((byte) => byte | 0x80), low];
}

function integer(value: Buffer): Buffer {
  return tag(0x02, value);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

function tag(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, ...lengthBytes(content.length)]), content]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function pemKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
