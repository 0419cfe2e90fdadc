import { getCACertificates } from 'node:tls';

/** CA certificates of the operating system, as PEM. Takes some 30 ms (and blocks on macOS), so ask once and late. */
export function systemRoots(): readonly string[] {
  return getCACertificates('system');
}
