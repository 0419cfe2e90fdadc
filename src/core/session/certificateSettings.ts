import { isObject, isText } from '../text/jsonShape.ts';
import type { ClientCertificate } from './settings.ts';

/**
 * Client certificates as settings have them, REST Client's the same way: `{ "host:port": { "cert", "key", "pfx", "passphrase" } }`.
 * Hosts without a certificate are left out; of a host that stands in several of the settings the first counts.
 */
export function certificateSettings(...settings: readonly unknown[]): readonly ClientCertificate[] {
  return settings.flatMap((setting) =>
    isObject(setting) ? Object.entries(setting).flatMap(([host, value]) => certificateOf(host, value)) : [],
  );
}

function certificateOf(host: string, value: unknown): ClientCertificate[] {
  if (!isObject(value)) return [];
  const { cert, pfx, key, passphrase } = value;
  const file = [pfx, cert].find((path) => isText(path) && path !== '');
  if (!isText(file)) return [];
  return [
    {
      file,
      origins: [host],
      ...(isText(key) && file !== pfx && { key }),
      ...(isText(passphrase) && { passphrase }),
    },
  ];
}
