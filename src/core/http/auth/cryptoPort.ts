/** Names of the hashes that credentials are made with. */
export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha512' | 'sha512-256';

/** Hashes and randomness, which core has none of (invariant 8). */
export interface CryptoPort {
  startHash(algorithm: HashAlgorithm): RunningHash;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** So many bytes that nobody can guess, as lower-case hexadecimal digits. */
  randomHex(bytes: number): string;
}

/** A hash that is fed piece by piece; `hex` ends it. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/** The hash of everything that a body sends, in lower-case hexadecimal digits. */
export async function hashBody(
  body: { open(): AsyncIterable<Uint8Array> } | undefined,
  algorithm: HashAlgorithm,
  crypto: CryptoPort,
): Promise<string> {
  const hash = crypto.startHash(algorithm);
  if (body !== undefined) for await (const chunk of body.open()) hash.update(chunk);
  return hash.hex();
}
