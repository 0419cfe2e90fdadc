import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sslLayer } from '../../../src/core/run/sslConfiguration.ts';
import { mergeProfiles } from '../../../src/core/variables/profiles.ts';

function check(title: string, configuration: unknown, expected: unknown): void {
  test(title, () => {
    const text = JSON.stringify({ dev: { SSLConfiguration: configuration, host: 'a.test' } });
    const { profiles } = mergeProfiles([{ path: '/repo/api/http-client.private.env.json', kind: 'private', text }]);
    const layers = sslLayer('dev', profiles[0]?.variables ?? []);
    assert.deepEqual(
      layers.map(({ defaults }) => defaults),
      expected,
    );
  });
}

check('paths begin at the environment file', { clientCertificate: 'c.pem', clientCertificateKey: 'keys/c.key' }, [
  { cert: { file: '/repo/api/c.pem', key: '/repo/api/keys/c.key' } },
]);
check('a path may be written with its format', { clientCertificate: { path: '/certs/c.der', format: 'DER' } }, [
  { cert: { file: '/certs/c.der' } },
]);
check('paths of Windows and of the home folder are absolute', { clientCertificate: 'C:\\certs\\c.pfx' }, [
  { cert: { file: 'C:\\certs\\c.pfx' } },
]);
check('verification can be off', { verifyHostCertificate: false }, [{ verify: false }]);
check('and is on otherwise', { verifyHostCertificate: true }, [{}]);
check('without it there is nothing', undefined, []);
