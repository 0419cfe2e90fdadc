import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from './certificates.ts';

/** Trusted by every session of a run. */
export const authority = createAuthority('Crumbtrail conformance run');
/** Trusted only where a case says so: `test-ca.pem` and `other-ca.pem`. */
export const testAuthority = createAuthority('Crumbtrail conformance test-ca');
const otherAuthority = createAuthority('Crumbtrail conformance other-ca');

const clients = Object.fromEntries(
  ['client-a.pem', 'client-b.pem'].map((name) => {
    const { cert, key } = authority.issue([name.replace('.pem', '.test')]);
    return [name, cert + key];
  }),
);

const folder = makeFolder({
  'test-ca.pem': testAuthority.cert,
  'other-ca.pem': otherAuthority.cert,
  ...clients,
});

/** Where a file of the case format lies; `missing.pem` is not there. */
export function casePath(name: string): string {
  return join(folder, name);
}

export function caseText(name: string): string {
  return readFileSync(casePath(name), 'utf8');
}

/** The name of the file with this certificate, as a server saw it; `null` when none was shown. */
export function clientFile(certificate: X509Certificate | undefined): string | null {
  if (certificate === undefined) return null;
  const known = Object.entries(clients).find(
    ([, pem]) => new X509Certificate(pem).fingerprint256 === certificate.fingerprint256,
  );
  return known?.[0] ?? 'unknown';
}

function makeFolder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'crumbtrail-cases-'));
  process.once('exit', () => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}
