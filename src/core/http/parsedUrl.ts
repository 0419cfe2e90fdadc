/**
 * `new URL(text)`, remembered for a moment: on its way a request's URL is looked at by its cookies, its credentials, its proxy and
 * its connection. Shared, so nobody may change it. Throws a TypeError when the text is no URL.
 */
export function parsedUrl(text: string): Readonly<URL> {
  const known = recent.get(text);
  if (known) return known;
  const url = new URL(text);
  if (recent.size >= mostRecent) recent.clear();
  recent.set(text, url);
  return url;
}

const recent = new Map<string, URL>();
const mostRecent = 16;
