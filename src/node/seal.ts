import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts `text` with AES-256-GCM: nonce, ciphertext and tag. `header` stays readable beside it and is vouched for. `secret` has 32 bytes. */
export function seal(text: string, header: string, secret: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, secret, nonce).setAAD(Buffer.from(header, 'utf8'));
  return Buffer.concat([nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
}

/** `undefined` when the bytes, the header or the key are not those of the sealing. */
export function unseal(sealed: Buffer, header: string, secret: Uint8Array): string | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined;
  const opening = createDecipheriv(cipher, secret, sealed.subarray(0, nonceBytes))
    .setAAD(Buffer.from(header, 'utf8'))
    .setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([opening.update(sealed.subarray(nonceBytes, -tagBytes)), opening.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
