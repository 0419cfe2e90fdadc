import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ViewServer {
  readonly origin: string;
  /** The word in the newest body, and when its last byte had left (epoch milliseconds). */
  readonly last: () => { readonly word: string; readonly at: number };
  close(): void;
}

/** Answers with a body of the size that the path names, each with a word of its own at its beginning. */
export async function startViewServer(): Promise<ViewServer> {
  let count = 0;
  let last = { word: '', at: 0 };
  const server = createServer((request, response) => {
    const word = `word-${(count += 1)}-`;
    const size = Number(/\d+/.exec(request.url ?? '')?.[0] ?? 1000);
    const isJson = request.url?.startsWith('/json') === true;
    if (request.url?.startsWith('/page') === true) {
      response.setHeader('content-type', 'text/html').end(`<p>${word}</p>`);
      return;
    }
    const body = isJson
      ? `{"word":"${word}","pad":"${'x'.repeat(size - 40)}"}`
      : `${word}\n${'x'.repeat(99)}\n`.padEnd(100).repeat(size / 100);
    response.setHeader('content-type', isJson ? 'application/json' : 'text/plain');
    response.end(body, () => (last = { word, at: Date.now() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    last: () => last,
    close: () => server.close(),
  };
}
