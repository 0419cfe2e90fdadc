import type { RequestKind, RequestNode } from './ast.ts';

/** Verbs recognised in any case when a URL follows them (C18): WebDAV, and those that tools of this format know. */
const webVerbs = new Set(
  'PROPFIND PROPPATCH MKCOL MKCALENDAR COPY MOVE LOCK UNLOCK ACL SEARCH REPORT MERGE PURGE QUERY'.split(' '),
);

/** Keywords of other tools that stand where a method stands. They are never sent as HTTP methods. */
const keywords = new Map<string, RequestKind>([
  ['GRAPHQL', 'graphql'],
  ['GRPC', 'grpc'],
  ['WEBSOCKET', 'websocket'],
  ['WS', 'websocket'],
  ['WSS', 'websocket'],
  ['SSE', 'sse'],
  ['EVENTSOURCE', 'sse'],
  ['MQTT', 'mqtt'],
  ['MQTTS', 'mqtt'],
  ['AMQP', 'amqp'],
  ['RSOCKET', 'rsocket'],
]);

const schemes = new Map<string, RequestKind>([
  ['ws', 'websocket'],
  ['wss', 'websocket'],
  ['mqtt', 'mqtt'],
  ['mqtts', 'mqtt'],
  ['amqp', 'amqp'],
  ['amqps', 'amqp'],
  ['grpc', 'grpc'],
  ['rsocket', 'rsocket'],
]);

/**
 * The verb from `start` to `end` when it is one that makes a request line whatever follows it. One text for all requests of a file, and
 * no list to walk for each.
 */
export function plainVerbAt(text: string, start: number, end: number): string | undefined {
  switch (end - start) {
    case 3:
      return either(text, start, 'GET', 'PUT');
    case 4:
      return either(text, start, 'POST', 'HEAD');
    case 5:
      return either(text, start, 'PATCH', 'TRACE');
    case 6:
      return text.startsWith('DELETE', start) ? 'DELETE' : undefined;
    case 7:
      return either(text, start, 'OPTIONS', 'CONNECT');
    default:
      return undefined;
  }
}

function either(text: string, start: number, one: string, other: string): string | undefined {
  if (text.startsWith(one, start)) return one;
  return text.startsWith(other, start) ? other : undefined;
}

export function isKnownVerb(word: string): boolean {
  return plainVerbAt(word, 0, word.length) !== undefined || webVerbs.has(word);
}

export function kindOfKeyword(word: string): RequestKind | undefined {
  return keywords.get(word);
}

/** The kind that a target without a method has: `wss://host` is a WebSocket. */
export function kindOfTarget(target: string): RequestKind {
  const scheme = /^([a-z]{2,8}):\/\//i.exec(target)?.[1];
  return (scheme && schemes.get(scheme.toLowerCase())) || 'http';
}

/** Whether this program can send the request; the other kinds are recognised and never sent. */
export function isSendable(kind: RequestKind): boolean {
  return kind === 'http' || kind === 'graphql' || kind === 'curl';
}

/** The method that goes on the wire: known verbs in capitals (C18), `POST` for the `GRAPHQL` keyword, others as written. */
export function wireMethod(request: RequestNode): string {
  const upper = request.method.text.toUpperCase();
  if (upper === 'GRAPHQL') return 'POST';
  return isKnownVerb(upper) ? upper : request.method.text;
}
