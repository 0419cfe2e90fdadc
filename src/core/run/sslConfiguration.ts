import type { DefaultsLayer } from '../session/defaultsLayer.ts';
import type { ClientCertificate } from '../session/settings.ts';
import type { ProfileVariable } from '../variables/profile.ts';

/**
 * JetBrains' `SSLConfiguration` of an environment as a set of defaults: a client certificate with its key, each a path or
 * `{ "path": … }` that begins at the environment file, and `"verifyHostCertificate": false`. None when there is no such object.
 */
export function sslLayer(name: string, variables: readonly ProfileVariable[]): readonly DefaultsLayer[] {
  const whole = variables.find((variable) => variable.name === 'SSLConfiguration');
  if (!whole) return [];
  const valueOf = (member: string): ProfileVariable | undefined =>
    variables.find((variable) => variable.name === `SSLConfiguration.${member}`);
  const cert = certificate(valueOf);
  const isUnverified = valueOf('verifyHostCertificate')?.value === 'false';
  const defaults = { ...(isUnverified && { verify: false }), ...(cert && { cert }) };
  return [{ origin: { kind: 'profile', name, source: whole.source }, defaults }];
}

type Member = (name: string) => ProfileVariable | undefined;

function certificate(valueOf: Member): ClientCertificate | undefined {
  const file = pathOf(valueOf, 'clientCertificate');
  const key = pathOf(valueOf, 'clientCertificateKey');
  return file === undefined ? undefined : { file, ...(key !== undefined && { key }) };
}

function pathOf(valueOf: Member, member: string): string | undefined {
  const written = valueOf(`${member}.path`) ?? valueOf(member);
  if (!written || written.value === '') return undefined;
  const isAbsolute = /^(?:~?[\\/]|[a-z]:[\\/])/i.test(written.value);
  return isAbsolute ? written.value : written.source.replace(/[^\\/]*$/, '') + written.value;
}
