/* A TLS server for HTTP/1.1 and HTTP/2 in a process of its own, so that it does not take time from the one that is measured. */
import { createSecureServer } from 'node:http2';

process.once('message', ({ cert, key }) => {
  const server = createSecureServer({ cert, key, allowHTTP1: true }, (_request, response) => response.end('{}'));
  server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
});
process.on('disconnect', () => process.exit());
