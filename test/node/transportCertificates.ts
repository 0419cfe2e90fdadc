import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export interface KeyPair {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** PEM of the authority that signed the leaves. */
  readonly ca: string;
  /** For localhost, a.test, 127.0.0.1 and ::1. */
  readonly good: KeyPair;
  /** For other.test only. */
  readonly otherName: KeyPair;
  /** Ended on 2020-02-01. */
  readonly expired: KeyPair;
  readonly selfSigned: KeyPair;
}

const localNames = 'DNS:localhost,DNS:a.test,IP:127.0.0.1,IP:::1';

/** Certificates made now by the `openssl` program, in a folder that is gone after the test. */
export function makeCertificates(t: TestContext): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'crumbtrail-tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const authority = selfSign(folder, 'ca', 'Test Authority', ['-addext', 'basicConstraints=critical,CA:TRUE']);
  writeFileSync(join(folder, 'ca.cnf'), authorityConfig(folder));
  return {
    ca: authority.cert,
    good: sign(folder, 'good', localNames, { days: 10 }),
    otherName: sign(folder, 'other', 'DNS:other.test', { days: 10 }),
    expired: sign(folder, 'expired', localNames, { from: '200101000000Z', to: '200201000000Z' }),
    selfSigned: selfSign(folder, 'self', 'Self Signed', ['-addext', `subjectAltName=${localNames}`]),
  };
}

function selfSign(folder: string, name: string, commonName: string, extra: readonly string[]): KeyPair {
  openssl(folder, [
    'req',
    '-x509',
    ...newKey(name),
    '-out',
    `${name}.pem`,
    '-days',
    '10',
    '-subj',
    `/CN=${commonName}`,
    ...extra,
  ]);
  return read(folder, name);
}

type Validity = { readonly days: number } | { readonly from: string; readonly to: string };

function sign(folder: string, name: string, subjectAltName: string, validity: Validity): KeyPair {
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${subjectAltName}\n`);
  openssl(folder, ['req', '-new', ...newKey(name), '-out', `${name}.csr`, '-subj', `/CN=${name}`]);
  const when =
    'days' in validity ? ['-days', String(validity.days)] : ['-startdate', validity.from, '-enddate', validity.to];
  openssl(folder, [
    'ca',
    '-batch',
    '-notext',
    '-config',
    'ca.cnf',
    '-in',
    `${name}.csr`,
    '-out',
    `${name}.pem`,
    '-extfile',
    `${name}.ext`,
    ...when,
  ]);
  return read(folder, name);
}

function newKey(name: string): readonly string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
}

function authorityConfig(folder: string): string {
  writeFileSync(join(folder, 'index.txt'), '');
  return `[ca]
default_ca = authority
[authority]
certificate = ca.pem
private_key = ca.key
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = anything
[anything]
commonName = supplied
`;
}

function openssl(folder: string, args: readonly string[]): void {
  try {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`The TLS tests need the openssl program (Debian: apt-get install openssl). ${detail}`, {
      cause: error,
    });
  }
}

function read(folder: string, name: string): KeyPair {
  return {
    key: readFileSync(join(folder, `${name}.key`), 'utf8'),
    cert: readFileSync(join(folder, `${name}.pem`), 'utf8'),
  };
}
