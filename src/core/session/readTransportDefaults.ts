import { awsForm } from '../http/auth/awsForm.ts';
import { isList, isObject, isText } from '../text/jsonShape.ts';
import {
  membersOf,
  orNull,
  readBoolean,
  readMembers,
  readNumber,
  readOneOf,
  readText,
  readTextList,
} from './readSetting.ts';
import type { Reader, Setting } from './readSetting.ts';
import type { CertSetting, ClientCertificate, ProxySetting, RetryRules, RetrySetting } from './settings.ts';
import type { SessionAuth, TimeoutsPart } from './settings.ts';

const authTypes: readonly SessionAuth['type'][] = ['basic', 'bearer', 'digest', 'aws', 'none'];

const authForm =
  'an object with "type" (basic, bearer, digest, aws or none), "username" and "password" or "token", or a text as in "# @auth"';

/** An object, or the text of `# @auth`: `basic user password`, `digest user password`, `bearer token`, `aws id key`, `none`. */
export const readAuth: Reader<SessionAuth> = (setting) => {
  const { value } = setting;
  if (isText(value)) return authOfText(value) ?? setting.refuse(authForm);
  if (!isObject(value)) return setting.refuse(authForm);
  const auth = readMembers<Required<SessionAuth>>(setting, {
    type: readOneOf(authTypes),
    username: anyText,
    password: anyText,
    token: readText,
    region: readText,
    service: readText,
    origin: readOrigin,
  });
  const { type } = auth ?? {};
  if (type === undefined) return value['type'] === undefined ? setting.refuse(authForm) : undefined;
  const needed = type === 'bearer' ? auth?.token : type === 'none' ? '' : auth?.username;
  return needed === undefined ? setting.refuse(authForm) : { ...auth, type };
};

/** The user name ends at the first colon or blank (RFC 7617 section 2). */
export function authOfText(text: string): SessionAuth | undefined {
  const [, word = '', rest = ''] = /^(\S+)(?:\s+(\S.*))?$/s.exec(text.trim()) ?? [];
  const type = authTypes.find((each) => each === word.toLowerCase());
  if (type === 'none') return rest === '' ? { type } : undefined;
  if (type === undefined || rest === '') return undefined;
  if (type === 'bearer') return { type, token: rest };
  if (type === 'aws') return awsOfText(rest);
  const pair = /^([^:\s]*)(?::|\s+)(.*)$/s.exec(rest);
  return pair ? { type, username: pair[1] ?? '', password: pair[2] ?? '' } : undefined;
}

function awsOfText(text: string): SessionAuth | undefined {
  const { accessKeyId, secretKey, sessionToken, type, ...place } = awsForm(text) ?? {};
  if (type === undefined || accessKeyId === undefined || secretKey === undefined) return undefined;
  const token = sessionToken === undefined ? {} : { token: sessionToken };
  return { type, username: accessKeyId, password: secretKey, ...token, ...place };
}

function anyText(setting: Setting): string | undefined {
  return isText(setting.value) ? setting.value : setting.refuse('a text');
}

function readOrigin(setting: Setting): string | undefined {
  const url = isText(setting.value) ? URL.parse(setting.value) : null;
  return url && /^https?:$/.test(url.protocol)
    ? url.origin
    : setting.refuse('an origin, for example https://host:8443');
}

/** requests' keys, or one URL for all of them. */
export const readProxies: Reader<ProxySetting> = (setting) => {
  const { value } = setting;
  if (isText(value)) return { http: value, https: value, all: value };
  if (!isObject(value)) return setting.refuse('an object, for example { "all": "http://proxy:3128" }, or a URL');
  const entries = membersOf(value, setting).flatMap(([key, member]): readonly (readonly [string, string | null])[] => {
    if (member.value === null || isText(member.value)) return [[key, member.value]];
    member.refuse('the URL of a proxy, or null to connect directly');
    return [];
  });
  return Object.fromEntries(entries);
};

/** A file, `[certificate, key]` as in requests, or an object. */
export const readCert: Reader<CertSetting> = (setting) => {
  const { value } = setting;
  if (isText(value) && value !== '') return value;
  if (isList(value) && value.length === 2 && value.every(isText)) {
    const [file = '', key = ''] = value;
    return { file, key };
  }
  const form = 'the path of a certificate, a list of certificate and key, or an object with "file"';
  if (!isObject(value)) return setting.refuse(form);
  const { file, ...rest } =
    readMembers<Required<ClientCertificate>>(setting, {
      file: readText,
      key: readText,
      passphrase: anyText,
      origins: readTextList,
    }) ?? {};
  return file === undefined ? setting.refuse(form) : { file, ...rest };
};

const readLimit: Reader<number | null> = orNull((setting) => {
  const { value } = setting;
  return typeof value === 'number' && Number.isFinite(value) && value > 0
    ? value
    : setting.refuse('a number of milliseconds above 0, or null for no limit');
});

/** A number is for connecting and reading alike, as in requests; `null` lifts every limit. */
export const readTimeouts: Reader<TimeoutsPart> = (setting) => {
  const { value } = setting;
  if (value === null) return { connectMs: null, readMs: null, totalMs: null };
  if (isObject(value)) {
    return readMembers<Required<TimeoutsPart>>(setting, {
      connectMs: readLimit,
      readMs: readLimit,
      totalMs: readLimit,
    });
  }
  const limit = readLimit(setting);
  return limit === undefined ? undefined : { connectMs: limit, readMs: limit };
};

const readAttempts = readNumber(0, true);
const readSeconds = readNumber(0, false);

export const readRetry: Reader<RetrySetting> = (setting) =>
  isObject(setting.value)
    ? readMembers<Required<RetryRules>>(setting, {
        total: readAttempts,
        connect: readAttempts,
        read: readAttempts,
        status: readAttempts,
        statusForcelist: readStatuses,
        allowedMethods: orNull((methods) => (methods.value === 'any' ? 'any' : readTextList(methods))),
        backoffFactor: readSeconds,
        backoffMax: readSeconds,
        backoffJitter: readSeconds,
        respectRetryAfterHeader: readBoolean,
        raiseOnStatus: readBoolean,
      })
    : readAttempts(setting);

function readStatuses(setting: Setting): readonly number[] | undefined {
  const { value } = setting;
  const isStatus = (each: unknown): each is number =>
    Number.isInteger(each) && Number(each) >= 100 && Number(each) < 1000;
  return isList(value) && value.every(isStatus) ? value : setting.refuse('a list of status codes');
}
