/*
 * A server in a process of its own for `npm run soak`: it hands out cookies and says with the status whether all of them came back.
 *   /count         sets the cookie `count` to one more than it came with, else to 1
 *   /own/7         sets the cookie `own7`
 *   /hop/4/7       redirects so many times, and on the way sets the cookie `hop7`
 *   /expect/own/9  200 when nine cookies came whose names begin with `own`, else 417
 *   /expect/count=9/1  the same for the cookie `count` with the value 9
 */
import { createServer } from 'node:http';

const server = createServer(({ url, headers }, response) => {
  const [, word, second, third] = url.split('/');
  const cookies = (headers.cookie ?? '').split('; ');
  const count = Number(/(?:^|; )count=(\d+)/.exec(headers.cookie ?? '')?.[1] ?? 0);
  if (word === 'count') response.setHeader('Set-Cookie', `count=${count + 1}; Path=/`);
  if (word === 'own') response.setHeader('Set-Cookie', `own${second}=1; Path=/`);
  if (word === 'hop' && second === '2') response.setHeader('Set-Cookie', `hop${third}=1; Path=/`);
  if (word === 'hop' && Number(second) > 0) response.writeHead(302, { Location: `/hop/${second - 1}/${third}` });
  if (word === 'expect')
    response.statusCode = cookies.filter((each) => each.startsWith(second)).length === Number(third) ? 200 : 417;
  if (!response.headersSent) response.setHeader('Content-Type', 'application/json');
  response.end(`{"url":"${url}","cookies":${cookies.length}}`);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
