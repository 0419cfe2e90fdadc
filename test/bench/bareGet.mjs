/* The least that sends one GET with undici and shows its body: what the CLI is measured against. */
import { request } from 'undici';

const { statusCode, body } = await request(process.argv[2]);
process.stdout.write(`${statusCode} ${await body.text()}\n`);
