/* A server in a process of its own, so that it does not take time from the one that is measured. */
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const [, word, number] = request.url.split('/');
  // `/hop/20` is a chain of twenty redirects, `/set/x` sets the cookie x.
  if (word === 'hop' && Number(number) > 0) response.writeHead(302, { Location: `/hop/${number - 1}` });
  if (word === 'set') response.setHeader('Set-Cookie', `x=${number}; Path=/`);
  if (!response.headersSent) response.setHeader('Content-Type', 'application/json');
  response.end(`{"url":"${request.url}"}`);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
