import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext, getCACertificates, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Failure } from '../core/http/failure.ts';
import type { CertificateFiles, TlsOptions } from '../core/http/transport.ts';
import { reasonOf } from '../core/text/reasonOf.ts';

export interface TrustOptions {
  /** PEM certificates trusted besides Node's roots; a function is called with the first TLS connection. */
  readonly ca?: readonly string[] | (() => readonly string[]);
  /** Reads the roots of the operating system, as PEM. */
  readonly systemRoots?: () => Promise<readonly string[]>;
}

/** Whom TLS connections trust, and as whom they speak. */
export interface TlsIdentity {
  /** The same for the same files with the same content; tells nothing about it. */
  readonly id: string;
  /** `undefined`: Node's own store and no client certificate. */
  readonly context: SecureContext | undefined;
  /** The same trust without the client certificate: for a proxy, which must not see it. */
  readonly trust: SecureContext | undefined;
}

/**
 * Makes the TLS contexts of a transport. Files are read for every round trip, so that a renewed certificate counts at once, and
 * one that is missing is told before anything is connected to; contexts are kept, since a new one costs some 20 ms.
 */
export class TransportTrust {
  private readonly options: TrustOptions;
  private readonly contexts = new Map<string, SecureContext>();
  private readonly plain = new Map<boolean, Promise<TlsIdentity | Failure>>();
  private extra: readonly string[] | undefined;

  constructor(options: TrustOptions) {
    this.options = options;
  }

  identity(tls: TlsOptions = {}): Promise<TlsIdentity | Failure> {
    if (tls.caFile !== undefined || tls.certificate) return this.make(tls);
    // Without files it is always the same, and most round trips have none.
    const key = tls.systemRoots !== false;
    const known = this.plain.get(key) ?? this.make(tls);
    this.plain.set(key, known);
    return known;
  }

  private async make(tls: TlsOptions): Promise<TlsIdentity | Failure> {
    try {
      const bundle = tls.caFile === undefined ? [] : [await readText(tls.caFile, 'The CA file')];
      const system = tls.systemRoots === false ? [] : ((await this.options.systemRoots?.()) ?? []);
      const client = tls.certificate && (await readClient(tls.certificate));
      const own = [...this.extraIssuers(), ...bundle];
      const trustId = own.length + system.length === 0 ? '' : digest([tls.systemRoots === false ? '-' : '', ...bundle]);
      const issuers = (): SecureContextOptions => {
        for (const pem of bundle) checkCertificate(pem, `The CA file "${tls.caFile}"`);
        return issuerOptions(own, system);
      };
      const trust = trustId === '' ? undefined : this.context(trustId, issuers);
      if (!client) return { id: trustId, trust, context: trust };
      const id = `${trustId} ${client.id}`;
      return { id, trust, context: this.context(id, () => ({ ...issuers(), ...clientOptions(client) })) };
    } catch (error) {
      if (error instanceof TrustFailure) return error.failure;
      throw error;
    }
  }

  private extraIssuers(): readonly string[] {
    const { ca = [] } = this.options;
    return (this.extra ??= typeof ca === 'function' ? ca() : ca);
  }

  private context(id: string, options: () => SecureContextOptions): SecureContext {
    const known = this.contexts.get(id) ?? createSecureContext(options());
    this.contexts.set(id, known);
    return known;
  }
}

/** Without certificates of its own a context takes Node's, which are already parsed. */
function issuerOptions(own: readonly string[], system: readonly string[]): SecureContextOptions {
  // The context would pass over what it cannot read, and the user would wonder why the server is not trusted.
  for (const pem of own) checkCertificate(pem, 'One of the additional CA certificates');
  if (own.length + system.length === 0) return {};
  return { ca: [...new Set([...getCACertificates('default'), ...system, ...own])] };
}

class TrustFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

function checkCertificate(pem: string, name: string): void {
  try {
    void new X509Certificate(pem);
  } catch (error) {
    throw new TrustFailure({
      code: 'invalid-setting',
      message: `${name} cannot be read: ${reasonOf(error)}.`,
      hint: 'Give it as a PEM file that begins with -----BEGIN CERTIFICATE-----.',
    });
  }
}

/** The files of a client certificate as they are now. */
interface Client {
  readonly id: string;
  readonly file: string;
  readonly certificate: Buffer;
  readonly key: string | undefined;
  readonly passphrase: string | undefined;
}

async function readClient({ file, key, passphrase }: CertificateFiles): Promise<Client> {
  const certificate = await readBytes(file, 'The client certificate');
  const keyText = key === undefined ? undefined : await readText(key, 'The key of the client certificate');
  const id = digest([certificate, keyText ?? '', passphrase ?? '']);
  return { id, file, certificate, key: keyText, passphrase };
}

function clientOptions({ file, certificate, key, passphrase }: Client): SecureContextOptions {
  try {
    const options = { ...identityOf(certificate, key, file), ...(passphrase !== undefined && { passphrase }) };
    createSecureContext(options);
    return options;
  } catch (error) {
    if (error instanceof TrustFailure) throw error;
    throw new TrustFailure(unusable(file, reasonOf(error), passphrase !== undefined));
  }
}

/** PEM, PFX, or with the key in a file of its own a bare certificate in DER. */
function identityOf(certificate: Buffer, key: string | undefined, file: string): SecureContextOptions {
  if (isPem(certificate)) return { cert: certificate, key: key ?? keyIn(certificate, file) };
  return key === undefined ? { pfx: certificate } : { cert: new X509Certificate(certificate).toString(), key };
}

function isPem(bytes: Buffer): boolean {
  return bytes.includes('-----BEGIN ');
}

function keyIn(pem: Buffer, file: string): Buffer {
  if (/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(pem.toString('latin1'))) return pem;
  throw new TrustFailure({
    code: 'invalid-setting',
    message: `The client certificate "${file}" has no private key in it.`,
    hint: 'Name the file of the key as well, or put both into one PEM file.',
  });
}

/** What OpenSSL says about a key or a PFX file, and what can be done. */
function unusable(file: string, why: string, hasPassphrase: boolean): Failure {
  const about = (message: string, hint: string): Failure => ({ code: 'invalid-setting', message, hint });
  if (/unsupported/i.test(why)) {
    return about(
      `The client certificate "${file}" is encrypted in a way that is no longer supported (RC2 or 3DES with SHA-1).`,
      'Convert it: openssl pkcs12 -legacy -in old.pfx -nodes -out both.pem, then openssl pkcs12 -export -in both.pem -out new.pfx.',
    );
  }
  if (/mac verify|bad decrypt|bad password|interrupted or cancelled|passphrase/i.test(why)) {
    return about(
      `The client certificate "${file}" cannot be opened: ${hasPassphrase ? 'the passphrase is wrong' : 'it has a passphrase'}.`,
      'Give its passphrase beside the file.',
    );
  }
  if (/key values mismatch/i.test(why)) {
    return about(`The key does not belong to the client certificate "${file}".`, 'Name the key it was made with.');
  }
  return about(
    `The client certificate "${file}" cannot be read: ${why}.`,
    'Give it as PEM (certificate and key) or as PFX (.p12).',
  );
}

async function readText(path: string, what: string): Promise<string> {
  return (await readBytes(path, what)).toString('latin1');
}

async function readBytes(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(resolve(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new TrustFailure({
      code: 'file-not-found',
      message: `${what} "${path}" ${code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`}.`,
      hint: 'Correct the path; a relative one begins at the file that names it, or at the workspace folder.',
    });
  }
}

function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update(' ').update(part);
  return hash.digest('base64');
}
