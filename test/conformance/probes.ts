import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBlock } from '../../src/core/run/runBlock.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import { newSession, runInput } from '../support/runInput.ts';
import { conformanceFolder, needsConformance } from './conformanceFolder.ts';

/** One request as a tool sent it; `h` holds the lines of the file and none that the tool added. */
export interface Sent {
  readonly m: string;
  readonly u: string;
  readonly h: Readonly<Record<string, string>>;
  readonly b?: string;
}

/** One small input of dialect-probes.json, and what two tools made of it. */
export interface Probe {
  readonly id: string;
  readonly text: string;
  readonly restClient: readonly (Sent | string | null)[];
  readonly httpYac: { readonly log: readonly Sent[] };
}

/** The probes, or none when the folder is not there. */
export function readProbes(): readonly Probe[] {
  if (needsConformance.skip !== false) return [];
  return JSON.parse(readFileSync(join(conformanceFolder, 'dialect-probes.json'), 'utf8')) as Probe[];
}

/** A request as it reached the server, without the header lines that the product adds to each, or the codes of the errors that kept a block from being sent. */
export type Arrived =
  | { readonly line: string; readonly headers: readonly string[]; readonly body?: string }
  | { readonly blocked: readonly string[] };

/** What a probe made us send, and the rule of GRAMMAR.md (or the row of its matrix) that says so. */
export interface ReviewedProbe {
  readonly rule: string;
  readonly sent: readonly Arrived[];
}

/** Our own record, by the id of the probe. */
export function readReviewed(): Readonly<Record<string, ReviewedProbe>> {
  const file = join(import.meta.dirname, 'dialectProbes.reviewed.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, ReviewedProbe>;
}

/** A server that keeps every request as it came and answers with what it says; a login answers with a token. */
export interface EchoServer {
  readonly port: number;
  /** What has arrived since the last call. */
  take(): readonly Arrived[];
  close(): Promise<void>;
}

export async function startEcho(): Promise<EchoServer> {
  let arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((each) => {
      arrived.push(each);
      answer(request, response, each);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const taken = arrived;
      arrived = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<Arrived> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('latin1');
  const { rawHeaders, method, url, httpVersion } = request;
  return {
    line: `${method} ${url} HTTP/${httpVersion}`,
    headers: ownHeaders(
      rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1] ?? ''}`] : [])),
    ),
    ...(body !== '' && { body }),
  };
}

/** Every request carries these, exactly so. What is left is what the file says, and the framing of its body. */
const productHeaders = [
  /^host: 127\.0\.0\.1:\d+$/,
  /^connection: keep-alive$/,
  /^User-Agent: crumbtrail\/\d+\.\d+\.\d+$/,
  /^Accept: \*\/\*$/,
  /^Accept-Encoding: gzip, deflate, br, zstd$/,
];

function ownHeaders(lines: readonly string[]): readonly string[] {
  const isProducts = (line: string) => productHeaders.some((pattern) => pattern.test(line));
  const missing = productHeaders.filter((pattern) => !lines.some((line) => pattern.test(line)));
  return [...lines.filter((line) => !isProducts(line)), ...missing.map((pattern) => `missing: ${pattern.source}`)];
}

function answer({ url = '' }: IncomingMessage, response: ServerResponse, arrived: Arrived): void {
  const status = Number(/^\/redir(\d{3})$/.exec(url)?.[1] ?? 200);
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(status !== 200 && { location: '/target' }),
  });
  response.end(JSON.stringify(url === '/login' ? { token: 'TOK' } : arrived));
}

/** The port that all probes are written for. */
const writtenPort = '18999';

/** Sends every request of the probe, one after another in one session, and returns what came of each. */
export async function sendProbe(text: string, echo: EchoServer): Promise<readonly Arrived[]> {
  const session = newSession();
  const port = String(echo.port);
  const base = runInput(text.replaceAll(writtenPort, port), undefined, {
    session,
    files: { '/work/api/inc.json': '{"inc":"{{v}}"}\n' },
  });
  const came: Arrived[] = [];
  for (const block of requestBlocks(base.document)) {
    const { outcome, problems } = await runBlock({ ...base, block });
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    came.push(...(outcome === 'blocked' ? [{ blocked: errors }] : echo.take()));
  }
  await session.close();
  return JSON.parse(JSON.stringify(came).replaceAll(port, writtenPort)) as Arrived[];
}
