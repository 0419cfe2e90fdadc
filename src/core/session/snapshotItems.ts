import type { CookieKey } from '../cookies/cookie.ts';

/** Keys of the things in a snapshot that two processes merge one by one; `SessionSnapshot.deleted` names them. */
export function cookieItem({ domain, hostOnly, path, name }: CookieKey): string {
  return ['cookie', domain, hostOnly ? 'host' : 'domain', path, name].join('\t');
}

export function variableItem(name: string): string {
  return ['variable', name].join('\t');
}

export function recordedItem({ file, id }: { readonly file: string; readonly id: string }): string {
  return ['recorded', file, id].join('\t');
}
