import { isList, isObject, isPair, isText, isTime, type JsonObject } from '../text/jsonShape.ts';
import type { SessionAuth, SessionDefaults } from './settings.ts';

/** Session settings from JSON; a setting of the wrong form is left out and named. */
export function readDefaults(json: unknown): {
  readonly defaults: SessionDefaults;
  readonly refusedNames: readonly string[];
} {
  const empty: SessionDefaults = { headers: [], params: [] };
  if (!isObject(json)) return { defaults: empty, refusedNames: json === undefined ? [] : ['defaults'] };
  const refusedNames: string[] = [];
  const found = Object.entries(readers).flatMap(([name, read]) => {
    if (json[name] === undefined) return [];
    const value = read(json[name]);
    if (value === undefined) refusedNames.push(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { defaults: { ...empty, ...Object.fromEntries(found) }, refusedNames };
}

const readers: { readonly [Name in keyof SessionDefaults]?: (value: unknown) => SessionDefaults[Name] | undefined } = {
  headers: (value) => (isList(value) && value.every(isHeader) ? value : undefined),
  params: (value) => (isList(value) && value.every(isPair) ? value : undefined),
  auth: readAuth,
  proxies: (value) => (isObject(value) && Object.values(value).every(isTextOrNull) ? asProxies(value) : undefined),
  verify: (value) => (typeof value === 'boolean' || isText(value) ? value : undefined),
  cert: (value) => (isText(value) ? value : undefined),
  timeouts: readTimeouts,
};

function isHeader(value: unknown): value is SessionDefaults['headers'][number] {
  return isPair(value) || (isList(value) && value.length === 2 && isText(value[0]) && value[1] === null);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function asProxies(value: JsonObject): Readonly<Record<string, string | null>> {
  return value as Readonly<Record<string, string | null>>;
}

const authTypes: readonly SessionAuth['type'][] = ['basic', 'bearer', 'digest', 'none'];

function readAuth(value: unknown): SessionAuth | undefined {
  if (!isObject(value)) return undefined;
  const type = authTypes.find((each) => each === value['type']);
  if (type === undefined) return undefined;
  const texts = ['username', 'password', 'token', 'origin'].filter((name) => isText(value[name]));
  return { type, ...Object.fromEntries(texts.map((name) => [name, value[name]])) };
}

function readTimeouts(value: unknown): SessionDefaults['timeouts'] | undefined {
  if (!isObject(value)) return undefined;
  const names = ['connectMs', 'readMs', 'totalMs'].filter((name) => value[name] !== undefined);
  if (!names.every((name) => value[name] === null || isTime(value[name]))) return undefined;
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}
