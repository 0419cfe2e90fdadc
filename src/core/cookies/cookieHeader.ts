import type { Warning } from '../http/failure.ts';

/** Apache's LimitRequestFieldSize; others are near it. */
const maxHeaderBytes = 8190;

/** The value of a Cookie header for these pairs in order, or `undefined` for none, with a warning when servers will refuse its size. */
export function cookieHeader(pairs: readonly { readonly name: string; readonly value: string }[]): {
  readonly value: string | undefined;
  readonly warnings: readonly Warning[];
} {
  if (pairs.length === 0) return { value: undefined, warnings: [] };
  // A nameless cookie goes out as its bare value (RFC 6265bis 5.8.3 step 4).
  const value = pairs.map((pair) => (pair.name === '' ? pair.value : `${pair.name}=${pair.value}`)).join('; ');
  return { value, warnings: value.length > maxHeaderBytes ? [tooLong(value.length)] : [] };
}

function tooLong(bytes: number): Warning {
  return {
    code: 'cookie-header-size',
    message: `The Cookie header is ${bytes} bytes long; many servers answer 400 or 431 above ${maxHeaderBytes}. Clear cookies that are not needed.`,
  };
}
