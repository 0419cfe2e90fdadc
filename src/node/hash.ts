import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { CryptoPort } from '../core/http/auth/cryptoPort.ts';

/** Hashes of Node. MD5 and SHA-1 are here because servers ask for them (RFC 7616), not because they are good. */
export const nodeCrypto: CryptoPort = {
  startHash: (algorithm) => {
    const hash = createHash(algorithm);
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
  },
  hmacSha256: (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
  randomHex: (bytes) => randomBytes(bytes).toString('hex'),
};
