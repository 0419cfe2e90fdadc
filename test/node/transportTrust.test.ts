import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { CertificateFiles } from '../../src/core/http/transport.ts';
import { systemRoots } from '../../src/node/systemRoots.ts';
import { TransportTrust } from '../../src/node/transportTrust.ts';
import { authority, casePath, testAuthority } from '../conformance/wire/caseFiles.ts';
import { LoopbackNet } from '../conformance/wire/loopbackNet.ts';
import { newTransport } from './transportFixture.ts';

/** Certificate and key in every form, in a folder that is gone after the test. */
function certificateFiles(t: TestContext): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'crumbtrail-trust-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = (name: string): string => join(folder, name);
  const { cert, key } = authority.issue(['client.test']);
  writeFileSync(path('both.pem'), cert + key);
  writeFileSync(path('cert.pem'), cert);
  writeFileSync(path('key.pem'), key);
  writeFileSync(path('other.pem'), authority.issue(['client.test']).key);
  writeFileSync(path('text.pem'), 'no certificate');
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  openssl('pkcs12', '-export', '-in', 'both.pem', '-out', 'new.pfx', '-passout', 'pass:secret');
  openssl('pkcs12', '-export', '-legacy', '-in', 'both.pem', '-out', 'old.pfx', '-passout', 'pass:secret');
  openssl('pkcs8', '-topk8', '-in', 'key.pem', '-out', 'locked.pem', '-passout', 'pass:secret');
  openssl('x509', '-in', 'cert.pem', '-outform', 'der', '-out', 'cert.der');
  return path;
}

test('client certificates in every form, and what is said of those that cannot be used', async (t) => {
  const path = certificateFiles(t);
  const cases: readonly (readonly [files: CertificateFiles, trouble: RegExp | undefined])[] = [
    [{ file: 'both.pem' }, undefined],
    [{ file: 'cert.pem', key: 'key.pem' }, undefined],
    [{ file: 'cert.der', key: 'key.pem' }, undefined],
    [{ file: 'cert.pem', key: 'locked.pem', passphrase: 'secret' }, undefined],
    [{ file: 'new.pfx', passphrase: 'secret' }, undefined],
    [{ file: 'old.pfx', passphrase: 'secret' }, /invalid-setting.*no longer supported.*openssl pkcs12 -legacy/],
    [{ file: 'new.pfx', passphrase: 'WRONG' }, /invalid-setting.*the passphrase is wrong/],
    [{ file: 'new.pfx' }, /invalid-setting.*it has a passphrase/],
    [{ file: 'cert.pem', key: 'locked.pem' }, /invalid-setting.*it has a passphrase/],
    [{ file: 'cert.pem', key: 'locked.pem', passphrase: 'WRONG' }, /invalid-setting.*the passphrase is wrong/],
    [{ file: 'cert.pem' }, /invalid-setting.*has no private key/],
    [{ file: 'cert.pem', key: 'other.pem' }, /invalid-setting.*does not belong/],
    [{ file: 'text.pem' }, /invalid-setting.*cannot be read/],
    [{ file: 'missing.pem' }, /file-not-found.*missing\.pem" is not there/],
    [{ file: 'cert.pem', key: 'missing.pem' }, /file-not-found.*The key.*missing\.pem/],
  ];
  for (const [{ file, key, passphrase }, trouble] of cases) {
    const identity = await new TransportTrust({}).identity({
      certificate: {
        file: path(file),
        ...(key !== undefined && { key: path(key) }),
        ...(passphrase !== undefined && { passphrase }),
      },
    });
    const said = 'code' in identity ? `${identity.code} ${identity.message} ${identity.hint}` : '';
    if (trouble) assert.match(said, trouble);
    else assert.equal(said, '', `${file} ${key ?? ''}`);
    assert.ok(!said.includes('WRONG'), said);
  }
});

test('identities differ where connections must not be shared, and a renewed file is another one', async (t) => {
  const path = certificateFiles(t);
  const trust = new TransportTrust({ ca: [authority.cert] });
  const idOf = async (...tls: Parameters<TransportTrust['identity']>): Promise<string> => {
    const identity = await trust.identity(...tls);
    assert.ok(!('code' in identity), JSON.stringify(identity));
    return identity.id;
  };
  const certificate = { file: path('both.pem') };
  const ids = [
    await idOf(),
    await idOf({ systemRoots: false }),
    await idOf({ caFile: casePath('test-ca.pem') }),
    await idOf({ caFile: casePath('other-ca.pem') }),
    await idOf({ certificate }),
  ];
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(await idOf({ certificate }), ids[4]);
  const renewed = authority.issue(['client.test']);
  writeFileSync(certificate.file, renewed.cert + renewed.key);
  assert.notEqual(await idOf({ certificate }), ids[4]);
});

test('files are read before anything is connected to, and only where TLS needs them', async (t) => {
  const net = new LoopbackNet([], []);
  t.after(() => net.close());
  const { send } = newTransport(t, { connectTo: net.connectTo });
  const tls = { caFile: casePath('missing.pem') };
  assert.equal((await send('https://h.test/', { tls })).failure?.code, 'file-not-found');
  assert.equal(net.openSockets, 0);
  assert.equal((await send('http://h.test/', { tls })).response?.status, 200);
});

test('a CA file may hold many certificates, and one that holds none is named', async (t) => {
  const path = certificateFiles(t);
  writeFileSync(path('bundle.pem'), `# ours\n${authority.cert}\n${testAuthority.cert}`);
  const net = new LoopbackNet([], [{ origin: 'https://h.test', tls: { cert: 'test-ca' } }]);
  t.after(() => net.close());
  const { send } = newTransport(t, { connectTo: net.connectTo });
  const tls = { caFile: path('bundle.pem') };
  assert.equal((await send('https://h.test/', { tls })).response?.status, 200);
  assert.equal((await send('https://other.test/', { tls })).response?.status, 200);
  const { failure } = await send('https://h.test/', { tls: { caFile: path('text.pem') } });
  assert.equal(failure?.code, 'invalid-setting');
  assert.match(failure.message, /The CA file ".*text\.pem" cannot be read/);
});

test('a file of issuers is trusted besides the roots, by its own connections alone', async (t) => {
  const net = new LoopbackNet([], [{ origin: 'https://h.test', tls: { cert: 'test-ca' } }]);
  t.after(() => net.close());
  const { send } = newTransport(t, { connectTo: net.connectTo, ca: net.ca });
  const tls = { caFile: casePath('test-ca.pem') };
  assert.equal((await send('https://h.test/')).failure?.code, 'tls-untrusted');
  assert.equal((await send('https://h.test/', { tls })).response?.status, 200);
  assert.equal((await send('https://other.test/', { tls })).response?.status, 200);
  assert.equal((await send('https://h.test/')).failure?.code, 'tls-untrusted');
});

test('the roots of the system are asked for by TLS alone, and trusted unless that is off', async (t) => {
  const net = new LoopbackNet([], [{ origin: 'https://h.test', tls: { cert: 'test-ca' } }]);
  t.after(() => net.close());
  let asked = 0;
  const roots = (): Promise<readonly string[]> => {
    asked += 1;
    return Promise.resolve([testAuthority.cert]);
  };
  const { send } = newTransport(t, { connectTo: net.connectTo, systemRoots: roots });
  await send('http://h.test:80/');
  assert.equal(asked, 0);
  assert.equal((await send('https://h.test/')).response?.status, 200);
  assert.equal((await send('https://h.test/', { tls: { systemRoots: false } })).failure?.code, 'tls-untrusted');
});

test('the real roots of this system are certificates, read in a thread', async () => {
  const roots = await systemRoots();
  assert.ok(roots.every((pem) => pem.startsWith('-----BEGIN CERTIFICATE-----')));
  assert.equal(systemRoots(), systemRoots());
});
