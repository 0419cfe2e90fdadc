import { selectProxy, type Environment } from '../http/proxy/selectProxy.ts';
import { parsedUrl } from '../http/parsedUrl.ts';
import type { CertificateFiles, RoundTripOptions, TlsOptions } from '../http/transport.ts';
import { credentialsMayFollow, type CredentialRules } from './redirectHeaders.ts';
import type { CertSetting, ClientCertificate, SendSettings } from './settings.ts';

export interface ConnectionScene {
  readonly environment: Environment;
  /** URL of the send's first hop: a certificate that names no origins is the first origin's alone. */
  readonly firstUrl: string;
}

/** How one URL is connected to: part of what a transport is told. */
export type ConnectionChoice = Pick<RoundTripOptions, 'verify' | 'tls' | 'proxy'>;

/** Proxy, trust and client certificate for the URL of one hop, chosen anew for each: the next hop may be another host (SESSION R9, K9). */
export function connectionFor(url: string, settings: ConnectionSettings, scene: ConnectionScene): ConnectionChoice {
  const target = parsedUrl(url);
  const proxy = selectProxy(target, settings, scene.environment);
  return {
    verify: settings.verify !== false,
    ...(proxy && { proxy }),
    ...(target.protocol === 'https:' && { tls: tlsFor(target, settings, scene) }),
  };
}

type ConnectionSettings = Pick<
  SendSettings,
  | 'verify'
  | 'cert'
  | 'certificates'
  | 'proxies'
  | 'editorProxy'
  | 'trustEnv'
  | 'systemCertificates'
  | keyof CredentialRules
>;

function tlsFor(url: URL, settings: ConnectionSettings, scene: ConnectionScene): TlsOptions {
  const caFile = caFileFor(settings, scene.environment);
  const certificate = certificateFor(url, settings, scene.firstUrl);
  return {
    systemRoots: settings.systemCertificates,
    ...(caFile !== undefined && { caFile }),
    ...(certificate && { certificate }),
  };
}

/** SESSION M20, M21: the environment's bundle counts where nothing else is said, and never turns verification on again. */
function caFileFor({ verify, trustEnv }: ConnectionSettings, environment: Environment): string | undefined {
  if (typeof verify === 'string' && verify !== '') return verify;
  if (verify === false || !trustEnv) return undefined;
  return environment('REQUESTS_CA_BUNDLE') || environment('CURL_CA_BUNDLE') || undefined;
}

/** The certificate of the send, else the one that the settings have for this origin. `null` shows none anywhere (`# @no-client-cert`). */
function certificateFor(url: URL, settings: ConnectionSettings, firstUrl: string): CertificateFiles | undefined {
  const { cert, certificates } = settings;
  if (cert === null) return undefined;
  const own = cert === undefined ? undefined : asCertificate(cert);
  if (own && isFor(own, url, () => credentialsMayFollow(parsedUrl(firstUrl), url, settings))) return files(own);
  const listed = certificates.find((each) => isFor(each, url, () => false));
  return listed && files(listed);
}

function asCertificate(cert: CertSetting): ClientCertificate {
  return typeof cert === 'string' ? { file: cert } : cert;
}

function files({ file, key, passphrase }: ClientCertificate): CertificateFiles {
  return { file, ...(key !== undefined && { key }), ...(passphrase !== undefined && { passphrase }) };
}

function isFor({ origins }: ClientCertificate, url: URL, otherwise: () => boolean): boolean {
  return origins === undefined ? otherwise() : origins.some((origin) => isOrigin(origin, url));
}

/** `https://host:port`, `host:port`, or `host` for its default port. */
function isOrigin(written: string, url: URL): boolean {
  return URL.parse(/^https?:\/\//i.test(written) ? written : `https://${written}`)?.origin === url.origin;
}
