import type { Cookie } from './cookie.ts';

type Prefixed = Pick<Cookie, 'name' | 'value' | 'secure' | 'httpOnly' | 'hostOnly' | 'path'>;

interface Rule {
  readonly prefix: string;
  readonly demands: string;
  holds(cookie: Prefixed): boolean;
}

const isHostBound = (cookie: Prefixed) => cookie.secure && cookie.hostOnly && cookie.path === '/';

// The longer prefix stands first: `__Host-Http-` is also a `__Host-`.
const rules: readonly Rule[] = [
  {
    prefix: '__Host-Http-',
    demands: 'Secure, HttpOnly, Path=/ and no Domain',
    holds: (cookie) => cookie.httpOnly && isHostBound(cookie),
  },
  { prefix: '__Host-', demands: 'Secure, Path=/ and no Domain', holds: isHostBound },
  { prefix: '__Http-', demands: 'Secure and HttpOnly', holds: (cookie) => cookie.secure && cookie.httpOnly },
  { prefix: '__Secure-', demands: 'Secure', holds: (cookie) => cookie.secure },
];

/**
 * Why a cookie breaks the rule of its name prefix, in words, or `undefined` (RFC 6265bis 4.1.3 and 5.7; `__Http-` from layered-cookies).
 * Prefixes are compared without case, because servers that read cookie names without case would fall for `__host-`.
 */
export function prefixFault(cookie: Prefixed): string | undefined {
  if (cookie.name === '') return namelessFault(cookie.value);
  const rule = ruleOf(cookie.name);
  if (rule === undefined || rule.holds(cookie)) return undefined;
  return `The name prefix ${rule.prefix} demands ${rule.demands}.`;
}

// A nameless cookie goes out as its bare value, so `=__Host-a=1` would look like a cookie `__Host-a` to the server.
function namelessFault(value: string): string | undefined {
  const rule = ruleOf(value);
  return rule && `A cookie without a name may not have a value that begins with ${rule.prefix}.`;
}

function ruleOf(text: string): Rule | undefined {
  const lower = text.toLowerCase();
  return rules.find((rule) => lower.startsWith(rule.prefix.toLowerCase()));
}
