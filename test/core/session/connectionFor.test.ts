import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionFor } from '../../../src/core/session/connectionFor.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';

interface Scene {
  readonly url: string;
  readonly firstUrl?: string;
  readonly settings?: Partial<SendSettings>;
  readonly environment?: Readonly<Record<string, string>>;
}

interface Expected {
  readonly verify?: boolean;
  readonly caFile?: string;
  readonly certificate?: string;
}

function check(title: string, scene: Scene, expected: Expected): void {
  test(title, () => {
    const { url, firstUrl = url, settings = {}, environment = {} } = scene;
    const choice = connectionFor(
      url,
      { ...defaultSettings, ...settings },
      { environment: (name) => environment[name], firstUrl },
    );
    const { caFile, certificate } = choice.tls ?? {};
    assert.deepEqual(
      { verify: choice.verify, caFile, certificate: certificate?.file },
      { verify: true, caFile: undefined, certificate: undefined, ...expected },
    );
  });
}

const a = 'https://a.test/';
const both = { REQUESTS_CA_BUNDLE: 'r.pem', CURL_CA_BUNDLE: 'c.pem' };

check('certificates are verified', { url: a }, {});
check(
  'a file of issuers is one more reason to verify',
  { url: a, settings: { verify: 'ca.pem' } },
  { caFile: 'ca.pem' },
);
check('an empty file name is none', { url: a, settings: { verify: '' }, environment: both }, { caFile: 'r.pem' });
check('REQUESTS_CA_BUNDLE comes first', { url: a, environment: both }, { caFile: 'r.pem' });
check(
  'an empty one counts as unset',
  { url: a, environment: { ...both, REQUESTS_CA_BUNDLE: '' } },
  { caFile: 'c.pem' },
);
check(
  'the setting comes before the environment',
  { url: a, settings: { verify: 'ca.pem' }, environment: both },
  { caFile: 'ca.pem' },
);
check(
  'the environment never turns verification on again',
  { url: a, settings: { verify: false }, environment: both },
  { verify: false },
);
check('trustEnv off leaves the environment alone', { url: a, settings: { trustEnv: false }, environment: both }, {});

check(
  'the certificate of a send is shown to its first origin',
  { url: a, settings: { cert: 'c.pem' } },
  { certificate: 'c.pem' },
);
check('not to another host', { url: a, firstUrl: 'https://b.test/', settings: { cert: 'c.pem' } }, {});
check('not to another port', { url: a, firstUrl: 'https://a.test:8443/', settings: { cert: 'c.pem' } }, {});
check(
  'to the same host over https',
  { url: a, firstUrl: 'http://a.test/', settings: { cert: 'c.pem' } },
  { certificate: 'c.pem' },
);
check(
  'to a trusted host',
  { url: a, firstUrl: 'https://b.test/', settings: { cert: 'c.pem', trustedHosts: ['a.test'] } },
  { certificate: 'c.pem' },
);
check(
  'a certificate with origins is shown to those, whatever came first',
  { url: a, firstUrl: 'https://b.test/', settings: { cert: { file: 'c.pem', origins: ['https://a.test'] } } },
  { certificate: 'c.pem' },
);
check('and to no other', { url: a, settings: { cert: { file: 'c.pem', origins: ['https://b.test'] } } }, {});

const listed = [
  { file: 'a.pem', origins: ['a.test'] },
  { file: 'port.pem', origins: ['a.test:8443'] },
  { file: 'anywhere.pem' },
];
check(
  'the list of the settings goes by origin',
  { url: a, settings: { certificates: listed } },
  { certificate: 'a.pem' },
);
check(
  'with the port',
  { url: 'https://a.test:8443/', settings: { certificates: listed } },
  { certificate: 'port.pem' },
);
check('and never without one', { url: 'https://c.test/', settings: { certificates: listed } }, {});
check(
  'the certificate of the send comes before the list',
  { url: a, settings: { cert: 'c.pem', certificates: listed } },
  { certificate: 'c.pem' },
);
check('null shows none at all', { url: a, settings: { cert: null, certificates: listed } }, {});
check('nothing is shown without TLS', { url: 'http://a.test/', settings: { cert: 'c.pem' } }, {});
