import type { Failure } from '../../src/core/http/failure.ts';
import { mergeParams, type MergePair } from '../../src/core/session/merge.ts';
import { defaultSettings, type SendSettings, type SessionDefaults } from '../../src/core/session/settings.ts';
import { timeoutsOf } from '../../src/core/session/timeouts.ts';
import { type CaseObject, objectOr, only } from './caseFile.ts';
import { casePath } from './wire/caseFiles.ts';

/** The settings of a case in the product's terms. */
export interface CaseSendSettings {
  readonly send: SendSettings;
  /** What the session merges into each request. */
  readonly defaults: SessionDefaults;
  readonly cookieRules: { readonly publicSuffixCheck?: boolean; readonly ageCapDays?: number };
  /** A setting with an impossible value, found before anything is sent. */
  readonly failure: Failure | undefined;
}

/** Keys of the case format whose name and meaning are those of `SendSettings`. */
const sameNames = [
  'policy',
  'followRedirects',
  'maxRedirects',
  'trustedHosts',
  'sensitiveHeaders',
  'hopBodyLimit',
  'maxDecodedBytes',
  'maxHeaderBytes',
  'verify',
  'trustEnv',
  'systemCertificates',
  'proxies',
] as const satisfies readonly (keyof SendSettings)[];

const noSettings: CaseSendSettings = {
  send: defaultSettings,
  defaults: { headers: [], params: [] },
  cookieRules: {},
  failure: undefined,
};

/** `settings` laid over `base`; throws for a setting that the product does not have. */
export function sendSettings(settings: CaseObject = {}, base: CaseSendSettings = noSettings): CaseSendSettings {
  const others = ['headers', 'params', 'timeout', 'publicSuffixCheck', 'cookieAgeCapDays', 'noProxy', 'cert'];
  only(settings, [...sameNames, ...others], 'settings');
  const named = Object.fromEntries(sameNames.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])));
  const timeouts = 'timeout' in settings ? timeoutsOf(settings['timeout'], base.send.timeouts) : undefined;
  // A setting of a case is one that somebody made, not a default.
  const asked = settings['followRedirects'] === true ? { followAsked: true } : {};
  const send = { ...base.send, ...named, ...asked, ...connectionSettings(settings, base.send) } as SendSettings;
  return {
    send: timeouts?.ok ? { ...send, timeouts: timeouts.timeouts } : send,
    defaults: 'headers' in settings || 'params' in settings ? sessionDefaults(settings, base.defaults) : base.defaults,
    cookieRules: { ...base.cookieRules, ...cookieRules(settings) },
    failure: timeouts?.ok === false ? timeouts.failure : base.failure,
  };
}

/** Files by their path in the runner's folder, and hosts without a proxy under requests' key. */
function connectionSettings({ verify, cert, proxies, noProxy }: CaseObject, base: SendSettings): Partial<SendSettings> {
  return {
    ...(typeof verify === 'string' && { verify: casePath(verify) }),
    ...(cert !== undefined && { cert: typeof cert === 'string' ? casePath(cert) : undefined }),
    ...(noProxy !== undefined && { proxies: { ...base.proxies, ...objectOr(proxies), no_proxy: noProxy as string } }),
  };
}

function sessionDefaults({ headers, params }: CaseObject, base: SessionDefaults): SessionDefaults {
  return {
    ...base,
    ...(headers === undefined ? {} : { headers: headers as SessionDefaults['headers'] }),
    ...(params === undefined ? {} : { params: mergeParams([], params as MergePair[]) }),
  };
}

function cookieRules({ publicSuffixCheck, cookieAgeCapDays }: CaseObject): CaseSendSettings['cookieRules'] {
  return {
    ...(typeof publicSuffixCheck === 'boolean' ? { publicSuffixCheck } : {}),
    ...(typeof cookieAgeCapDays === 'number' ? { ageCapDays: cookieAgeCapDays } : {}),
  };
}
