import type { Cookie, CookieKey } from './cookie.ts';

/** Cookies by domain, then by the rest of their identity. Host-only and domain cookies of one name live side by side (RFC 6265bis 5.7 step 23). */
export class CookieTable {
  readonly #byDomain = new Map<string, Map<string, Cookie>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: CookieKey): Cookie | undefined {
    return this.#byDomain.get(key.domain)?.get(restOf(key));
  }

  set(cookie: Cookie): void {
    let domain = this.#byDomain.get(cookie.domain);
    if (!domain) this.#byDomain.set(cookie.domain, (domain = new Map()));
    if (!domain.has(restOf(cookie))) this.#size++;
    domain.set(restOf(cookie), cookie);
  }

  delete(key: CookieKey): Cookie | undefined {
    const domain = this.#byDomain.get(key.domain);
    const found = domain?.get(restOf(key));
    if (!domain || !found) return undefined;
    domain.delete(restOf(key));
    if (domain.size === 0) this.#byDomain.delete(key.domain);
    this.#size--;
    return found;
  }

  /** Cookies whose domain is exactly `domain`. */
  ofDomain(domain: string): Cookie[] {
    return [...(this.#byDomain.get(domain)?.values() ?? [])];
  }

  /** Cookies of `host` and of every domain above it: all that may go to it. */
  covering(host: string): Cookie[] {
    return suffixes(host).flatMap((domain) => this.ofDomain(domain));
  }

  all(): Cookie[] {
    return [...this.#byDomain.values()].flatMap((domain) => [...domain.values()]);
  }
}

// No part can hold a line feed, so it separates them for certain.
function restOf(key: CookieKey): string {
  return `${key.hostOnly ? 'host' : 'domain'}\n${key.path}\n${key.name}`;
}

// "a.b.test" gives itself, "b.test" and "test".
function suffixes(host: string): string[] {
  const found = [host];
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) found.push(host.slice(dot + 1));
  return found;
}
