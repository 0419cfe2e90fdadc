import { parseDate } from 'tough-cookie';
import type { Cookie, RejectReason } from './cookie.ts';

/** One Set-Cookie line taken apart (RFC 6265bis 5.6). Absent attributes are `undefined`. */
export interface ParsedSetCookie {
  readonly name: string;
  readonly value: string;
  /** Lower case, without a leading dot; `''` when the attribute was there and empty. */
  readonly domain: string | undefined;
  /** Begins with `/`; `undefined` asks for the default path. */
  readonly path: string | undefined;
  /** Seconds from now, from Max-Age. It wins over `expires`. */
  readonly maxAge: number | undefined;
  /** Epoch milliseconds, from Expires. */
  readonly expires: number | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: Cookie['sameSite'];
  readonly partitioned: boolean;
}

export interface Refusal {
  readonly reason: RejectReason;
  readonly message: string;
}

export const maxCookieOctets = 4096;
const maxAttributeOctets = 1024;

/** Parses a Set-Cookie value in Latin-1 (one character a byte). The name is returned with a refusal too, for the view. */
export function parseSetCookie(
  raw: string,
): { readonly parsed: ParsedSetCookie } | { readonly name: string; readonly refusal: Refusal } {
  const [pair = '', ...attributes] = raw.split(';');
  const { name, value } = nameAndValue(pair);
  const refusal = refuse(raw, name, value);
  if (refusal) return { name, refusal };
  return { parsed: { name, value, ...readAttributes(attributes) } };
}

function nameAndValue(pair: string): { name: string; value: string } {
  const equals = pair.indexOf('=');
  // Without "=" the whole pair is the value of a nameless cookie (RFC 6265bis 5.6 step 4).
  if (equals < 0) return { name: '', value: trimWhiteSpace(pair) };
  return { name: trimWhiteSpace(pair.slice(0, equals)), value: trimWhiteSpace(pair.slice(equals + 1)) };
}

function refuse(raw: string, name: string, value: string): Refusal | undefined {
  const control = controlCharacter(raw);
  if (control !== undefined) {
    return { reason: 'control-character', message: `The line holds the control character ${control}.` };
  }
  if (name === '' && value === '') return { reason: 'empty-cookie', message: 'There is neither a name nor a value.' };
  const octets = name.length + value.length;
  if (octets > maxCookieOctets) {
    return {
      reason: 'too-large',
      message: `Name and value are ${octets} octets together; the limit is ${maxCookieOctets}.`,
    };
  }
  return undefined;
}

/** The first control character other than TAB, for example `U+000D`, or `undefined` (RFC 6265bis 5.6 step 1). */
export function controlCharacter(text: string): string | undefined {
  const found = /[\u0000-\u0008\u000a-\u001f\u007f]/.exec(text);
  return found ? `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` : undefined;
}

type Attributes = Omit<ParsedSetCookie, 'name' | 'value'>;

// For each attribute the last one counts, as browsers do; an attribute that cannot be read is as if it were not there.
function readAttributes(attributes: readonly string[]): Attributes {
  let found: Attributes = {
    domain: undefined,
    path: undefined,
    maxAge: undefined,
    expires: undefined,
    secure: false,
    httpOnly: false,
    sameSite: undefined,
    partitioned: false,
  };
  for (const attribute of attributes) found = { ...found, ...readAttribute(attribute) };
  return found;
}

function readAttribute(attribute: string): Partial<Attributes> {
  const equals = attribute.indexOf('=');
  const name = trimWhiteSpace(equals < 0 ? attribute : attribute.slice(0, equals)).toLowerCase();
  const value = equals < 0 ? '' : trimWhiteSpace(attribute.slice(equals + 1));
  if (value.length > maxAttributeOctets) return {};
  switch (name) {
    case 'domain':
      return { domain: value.replace(/^\./, '').toLowerCase() };
    case 'path':
      return { path: value.startsWith('/') ? value : undefined };
    case 'max-age':
      return readMaxAge(value);
    case 'expires':
      return readExpires(value);
    case 'secure':
      return { secure: true };
    case 'httponly':
      return { httpOnly: true };
    case 'samesite':
      return { sameSite: sameSiteOf(value) };
    case 'partitioned':
      return { partitioned: true };
    default:
      return {};
  }
}

function readMaxAge(value: string): Partial<Attributes> {
  return /^-?\d+$/.test(value) ? { maxAge: Number(value) } : {};
}

function readExpires(value: string): Partial<Attributes> {
  const date = parseDate(value);
  return date ? { expires: date.getTime() } : {};
}

function sameSiteOf(value: string): Cookie['sameSite'] {
  const lower = value.toLowerCase();
  return lower === 'strict' || lower === 'lax' || lower === 'none' ? lower : undefined;
}

function trimWhiteSpace(text: string): string {
  return text.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '');
}
