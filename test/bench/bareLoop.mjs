/* So many GETs one after the other on kept connections, and a line for each. */
import { Agent, request } from 'undici';

const [url, count] = process.argv.slice(2);
const dispatcher = new Agent({ allowH2: false });
for (let number = 1; number <= Number(count); number++) {
  const { statusCode, body } = await request(`${url}${number}`, { dispatcher });
  process.stdout.write(`${statusCode} ${(await body.text()).length}\n`);
}
await dispatcher.close();
