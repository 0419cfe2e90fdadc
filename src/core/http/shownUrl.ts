/** A URL or Location as it may be shown and stored: what stands between `//` and `@` becomes `***`, parsable or not. */
export function shownUrl(text: string): string {
  return text.replace(/^([\t\n\r ]*(?:[a-z][a-z0-9+.-]*:)?[\\/]{2,})[^\\/?#]*@/i, '$1***@');
}

/** The URL without userinfo: it never authenticates a request that came from a Location (SESSION 2.2). */
export function withoutUserinfo(url: URL): URL {
  if (url.username === '' && url.password === '') return url;
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}
