import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wave } from '../support/wave.ts';

export interface KindsServer {
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  close(): void;
}

/** A server on loopback with one body of every kind. */
export async function startKindsServer(): Promise<KindsServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    const [type, body] = kinds[path] ?? ['text/plain', 'Nothing here'];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    close: () => server.close(),
  };
}

const page = `<!doctype html><html><head><title>A page</title><link rel="stylesheet" href="/style.css"></head>
<body><h1>Hello from the page</h1><img src="/picture.png" alt="picture"><script>document.body.textContent = 'scripts ran'</script></body></html>`;

const parts = [
  '--XX',
  'Content-Disposition: form-data; name="meta"',
  'Content-Type: application/json',
  '',
  '{"price":12.50}',
  '--XX',
  'Content-Disposition: form-data; name="file"; filename="notes.txt"',
  'Content-Type: text/plain',
  '',
  'some notes',
  '--XX--',
  '',
].join('\r\n');

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAGklEQVR42mNk+M9QTwYmIBo1YNSAUQMoAwBf4QEfBZ3cYQAAAABJRU5ErkJggg==',
  'base64',
);

const kinds: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
  '/json': [
    'application/json',
    '{"items":[{"sku":"A-1","price":12.50},{"sku":"B-7","price":3.00}],"id":12345678901234567890,"id":2}',
  ],
  '/xml': ['application/xml', '<?xml version="1.0"?><note lang="en"><to>Ada</to><to>Grace</to></note>'],
  '/cyrillic': ['text/plain; charset=iso-8859-1', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])],
  '/page': ['text/html', page],
  '/style.css': ['text/css', 'h1 { color: red }'],
  '/picture.png': ['image/png', picture],
  '/csv': ['text/csv', `id,name\n${Array.from({ length: 3000 }, (_, id) => `${id},"name, ${id}"`).join('\n')}`],
  '/form': ['application/x-www-form-urlencoded', 'user=ada&note=a%26b+c'],
  '/parts': ['multipart/form-data; boundary=XX', parts],
  '/sound': ['audio/wav', wave()],
  '/bytes': ['application/octet-stream', Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256))],
  '/document': ['application/pdf', Buffer.from('%PDF-1.4 \0')],
  '/lines': ['application/x-ndjson', '{"a":1}\n{"a":2.0}\n'],
  // More than the view takes at once.
  '/large': [
    'application/json',
    `[${Array.from({ length: 60_000 }, (_, id) => `{"id":${id},"price":1.50,"pad":"${'x'.repeat(60)}"}`).join(',')}]`,
  ],
  '/yaml': ['application/yaml', 'a: 1\nb:\n  - "x"\n'],
};
