import type { Failure } from '../../src/core/http/failure.ts';
import { mergeParams, type MergePair } from '../../src/core/session/merge.ts';
import { readDefaults } from '../../src/core/session/readDefaults.ts';
import { defaultSettings } from '../../src/core/session/settings.ts';
import type { DefaultsPart, SendSettings, SessionAuth, SessionDefaults } from '../../src/core/session/settings.ts';
import { timeoutsOf } from '../../src/core/session/timeouts.ts';
import { type CaseObject, objectOr, only } from './caseFile.ts';
import { casePath } from './wire/caseFiles.ts';

/** The settings of a case in the product's terms. */
export interface CaseSendSettings {
  readonly send: SendSettings;
  /** What the session merges into each request. */
  readonly defaults: SessionDefaults;
  readonly variables: readonly (readonly [name: string, value: string])[];
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
  'autoReferer',
  'rawTarget',
  'retry',
] as const satisfies readonly (keyof SendSettings)[];

const noSettings: CaseSendSettings = {
  send: defaultSettings,
  defaults: { headers: [], params: [] },
  variables: [],
  cookieRules: {},
  failure: undefined,
};

const others = [
  'headers',
  'params',
  'auth',
  'mounts',
  'variables',
  'timeout',
  'publicSuffixCheck',
  'cookieAgeCapDays',
  'noProxy',
  'cert',
];

/** `settings` laid over `base`; throws for a setting that the product does not have. */
export function sendSettings(settings: CaseObject = {}, base: CaseSendSettings = noSettings): CaseSendSettings {
  only(settings, [...sameNames, ...others], 'settings');
  const named = Object.fromEntries(sameNames.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])));
  const timeouts = 'timeout' in settings ? timeoutsOf(settings['timeout'], base.send.timeouts) : undefined;
  // A setting of a case is one that somebody made, not a default.
  const asked = settings['followRedirects'] === true ? { followAsked: true } : {};
  const send = { ...base.send, ...named, ...asked, ...connectionSettings(settings, base.send) } as SendSettings;
  return {
    send: timeouts?.ok ? { ...send, timeouts: timeouts.timeouts } : send,
    defaults: sessionDefaults(settings, base.defaults),
    variables: (settings['variables'] as CaseSendSettings['variables'] | undefined) ?? base.variables,
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

/** What a session merges into each request by itself; everything else of a case is a setting. */
function sessionDefaults({ headers, params, auth, mounts }: CaseObject, base: SessionDefaults): SessionDefaults {
  const listed = (mounts as readonly { prefix: string; settings: CaseObject }[] | undefined) ?? [];
  return {
    ...base,
    ...(headers === undefined ? {} : { headers: headers as MergePair[] }),
    ...(params === undefined ? {} : { params: mergeParams([], params as MergePair[]) }),
    ...(auth === undefined ? {} : { auth: auth as SessionAuth }),
    ...(mounts === undefined
      ? {}
      : { mount: listed.map(({ prefix, settings }) => ({ prefix, defaults: defaultsPart(settings) })) }),
  };
}

/** Settings of a case as one set of defaults: those of a mount, and those of one request. */
export function defaultsPart(settings: CaseObject = {}): DefaultsPart {
  only(settings, [...sameNames, ...others], 'settings');
  const { headers, params, auth, timeout, policy, followRedirects, noProxy } = settings;
  const direct = pick(settings, ['maxRedirects', 'verify', 'trustEnv', 'rawTarget', 'retry', 'proxies']);
  const redirect = {
    ...pick(settings, ['trustedHosts', 'sensitiveHeaders', 'hopBodyLimit', 'autoReferer']),
    ...pick({ policy, follow: followRedirects }, ['policy', 'follow']),
  };
  const { cert, verify } = connectionSettings(settings, defaultSettings);
  return {
    ...direct,
    ...pick({ headers, params, auth, cert, verify }, ['headers', 'params', 'auth', 'cert', 'verify']),
    ...(noProxy !== undefined && { proxies: { ...objectOr(settings['proxies']), no_proxy: noProxy as string } }),
    ...(timeout !== undefined && { timeouts: readDefaults({ timeout }).defaults.timeouts ?? {} }),
    ...(Object.keys(redirect).length > 0 && { redirect }),
  };
}

function pick(object: CaseObject, names: readonly string[]): CaseObject {
  return Object.fromEntries(names.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])));
}

function cookieRules({ publicSuffixCheck, cookieAgeCapDays }: CaseObject): CaseSendSettings['cookieRules'] {
  return {
    ...(typeof publicSuffixCheck === 'boolean' ? { publicSuffixCheck } : {}),
    ...(typeof cookieAgeCapDays === 'number' ? { ageCapDays: cookieAgeCapDays } : {}),
  };
}
