import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoState } from './demoState.ts';

/** One request to the demo, with what every route needs. */
export interface DemoCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: URL;
  /** Values of the `:name` segments of the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly cookies: ReadonlyMap<string, string>;
  readonly state: DemoState;
  /** Origin of the demo's other server, for redirects that cross origins. */
  readonly otherOrigin: string;
  /** Aborts when the client is gone, so that nothing is written into the void. */
  readonly signal: AbortSignal;
}

const bodyLimit = 1024 * 1024;

/** A mistake of the caller: answered as JSON with this status. */
export class DemoError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function sendJson(call: DemoCall, status: number, body: unknown): void {
  send(call, status, 'application/json; charset=utf-8', `${JSON.stringify(body, undefined, 2)}\n`);
}

/** Announces the length, which Node does when the head goes out with the whole body. */
export function send(call: DemoCall, status: number, contentType: string, body: string | Buffer): void {
  call.response.statusCode = status;
  call.response.setHeader('Content-Type', contentType);
  call.response.end(body);
}

/** A redirect with a small body, so that a client that keeps the bodies of its hops has one to show. */
export function redirect(call: DemoCall, status: number, location: string): void {
  call.response.setHeader('Location', location);
  send(call, status, 'text/plain; charset=utf-8', `Go on to ${location}\n`);
}

/** Adds one Set-Cookie line; lines are never joined (RFC 6265 3). */
export function setCookie(call: DemoCall, line: string): void {
  call.response.appendHeader('Set-Cookie', line);
}

export async function readBody(call: DemoCall): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of call.request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new DemoError(413, 'The demo takes bodies of up to 1 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The fields of a JSON object or of an HTML form, whichever the Content-Type says. */
export async function readFields(call: DemoCall): Promise<Record<string, unknown>> {
  const text = await readBody(call);
  const mediaType = call.request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text));
  return jsonObject(text);
}

function jsonObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new DemoError(400, 'The body is not JSON. Send a JSON object, or a form with its Content-Type.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DemoError(400, 'The body must be a JSON object.');
  }
  return value as Record<string, unknown>;
}

/** A whole number from the query, within bounds; the default when it is not there. */
export function numberFromQuery(call: DemoCall, name: string, bounds: { default: number; max: number }): number {
  const text = call.url.searchParams.get(name);
  if (text === null) return bounds.default;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > bounds.max) {
    throw new DemoError(400, `"${name}" must be a whole number from 0 to ${bounds.max}.`);
  }
  return value;
}
