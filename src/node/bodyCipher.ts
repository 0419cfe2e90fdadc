import { createCipheriv, createHmac } from 'node:crypto';

/**
 * Encrypts and decrypts a file of any size at any place (AES-256-CTR: the same operation in both directions). Each file has a key
 * of its own, so counters begin at zero. It hides what is at rest; who may change the files may change what is read.
 */
export interface BodyCipher {
  /** `bytes` as they are at `offset` of the file. */
  at(offset: number, bytes: Uint8Array): Buffer;
  /** For who goes through the file from its beginning on: each call goes on where the last one ended. */
  start(): (bytes: Uint8Array) => Buffer;
}

const blockBytes = 16;

/** Key of the file `name` under the store's secret. */
export function bodyKey(secret: Uint8Array, name: string): Buffer {
  return createHmac('sha256', secret).update(`body ${name}`).digest();
}

export function bodyCipher(key: Uint8Array): BodyCipher {
  return {
    at(offset, bytes) {
      const skipped = offset % blockBytes;
      const counter = Buffer.alloc(blockBytes);
      counter.writeBigUInt64BE(BigInt((offset - skipped) / blockBytes), 8);
      const cipher = createCipheriv('aes-256-ctr', key, counter);
      if (skipped > 0) cipher.update(new Uint8Array(skipped));
      return cipher.update(bytes);
    },
    start() {
      const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(blockBytes));
      return (bytes) => cipher.update(bytes);
    },
  };
}
