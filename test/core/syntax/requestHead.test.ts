import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outline } from './outline.ts';

function check(text: string, expected: readonly string[]): void {
  test(JSON.stringify(text), () => assert.deepEqual(outline(text).slice(1), expected));
}

describe('request lines', () => {
  check('GET https://example.com/a', ['GET https://example.com/a']);
  check('  GET https://example.com/a', ['GET https://example.com/a']);
  check('GET https://example.com/a  ', ['GET https://example.com/a']);
  check('GET\thttps://example.com', ['GET https://example.com']);
  check('GET https://example.com HTTP/1.1', ['GET https://example.com HTTP/1.1']);
  check('GET https://example.com http/2', ['GET https://example.com http/2']);
  check('GET https://example.com HTTP/1.1 HTTP/1.1', ['GET https://example.com HTTP/1.1']);
  check('GET https://example.com HTTP/2 (Prior Knowledge)', ['GET https://example.com HTTP/2 (Prior Knowledge)']);
  for (const version of [
    'HTTP/one',
    'HTTP/',
    'HTTP/1.l',
    'HTTP/1,1',
    'HTTP/1.1.1',
    'HTTP1.1',
    'HTTP 1.1',
    'https/1.1',
  ]) {
    const line = `GET https://example.com ${version}`;
    check(line, [line, 'warning invalid-http-version']);
  }
  for (const version of ['HTTP/1.0', 'HTTP/3', 'HTTP/4', 'http/1.7']) {
    const line = `GET https://example.com ${version}`;
    check(line, [line, 'information unsupported-http-version']);
  }
  check('GET https://example.com/?q=all about http', ['GET https://example.com/?q=all about http']);
  check('GET /a b?q=New York', ['GET /a b?q=New York']);
  check('GET https://e.com/?filter={"page":1}', ['GET https://e.com/?filter={"page":1}']);
  check('GET [[.ServerURL]]/x', ['GET [[.ServerURL]]/x']);
  check('OPTIONS *', ['OPTIONS *']);
  check('GET {{url}}', ['GET {{url}}']);
  check('get https://example.com', ['get https://example.com']);
  check('Post https://example.com', ['Post https://example.com']);
  check('PURGE https://example.com', ['PURGE https://example.com']);
  check('PROPFIND /calendars', ['PROPFIND /calendars']);
  check('VERSION-CONTROL /file', ['VERSION-CONTROL /file']);
  check('INVALID_METHOD {{host}}/x', ['INVALID_METHOD {{host}}/x']);
  check('GET', ['GET ', 'error missing-target']);
  check('GET HTTP/1.1', ['GET  HTTP/1.1', 'error missing-target']);
});

describe('request lines without a method', () => {
  check('https://example.com', ['(GET) https://example.com']);
  check('/api/users', ['(GET) /api/users']);
  check('{{host}}/api', ['(GET) {{host}}/api']);
  check('{{request}}', ['(GET) {{request}}']);
  check('localhost:8080/x', ['(GET) localhost:8080/x']);
  check('127.0.0.1:8080', ['(GET) 127.0.0.1:8080']);
  check('[::1]:8080/', ['(GET) [::1]:8080/']);
  check('api.example.com:443/x', ['(GET) api.example.com:443/x']);
  check('wss://example.com/socket', ['websocket: (GET) wss://example.com/socket', 'error unsupported-request-kind']);
});

describe('text that is no request line', () => {
  for (const prose of [
    'Some heading',
    'Get the token first',
    'See https://example.com',
    'example.com',
    'curl',
    'NOTE this',
    'run the server',
  ]) {
    check(prose, ['information not-http-format']);
  }
});

describe('other kinds of request', () => {
  check('GRAPHQL https://e.com/graphql', ['graphql: GRAPHQL https://e.com/graphql']);
  check('POST /g\nX-REQUEST-TYPE: graphql', ['graphql: POST /g', 'X-REQUEST-TYPE: graphql']);
  const keywords: Record<string, string> = {
    GRPC: 'grpc',
    WEBSOCKET: 'websocket',
    WS: 'websocket',
    SSE: 'sse',
    MQTT: 'mqtt',
    AMQP: 'amqp',
    RSOCKET: 'rsocket',
  };
  for (const [keyword, kind] of Object.entries(keywords)) {
    check(`${keyword} example.com/a`, [`${kind}: ${keyword} example.com/a`, 'error unsupported-request-kind']);
  }
});

describe('targets over several lines (C10)', () => {
  check('GET /x\n?a=1\n&b=2', ['GET /x?a=1&b=2']);
  check('GET /x\n  ?a=1\n  # &b=2\n  // no\n  &c=3', ['GET /x?a=1&c=3']);
  check('GET /x?\n    a=1&\n    b=2\nA: 1', ['GET /x?a=1&b=2', 'A: 1']);
  check('GET https://h\n    /api\n    /get\n    ?a=1', ['GET https://h/api/get?a=1']);
  check('GET https://h/\n    api\n    /get', ['GET https://h/api/get']);
  check('GET https://h\n    :8080/x', ['GET https://h:8080/x']);
  check('GET /x?next=\n   http://a:80/', ['GET /x?next=http://a:80/']);
  check('GET /x?time=\n   at:noon', ['GET /x?time=at:noon']);
  check('GET /x/\n   users:batch', ['GET /x/users:batch']);
  check('GET /x/\n   Accept: a', ['GET /x/', 'Accept: a']);
  check('GET /x\n   ?a=1 HTTP/1.1\nA: 1', ['GET /x?a=1 HTTP/1.1', 'A: 1']);
  check('GET /x\n   HTTP/1.1\nA: 1', ['GET /x HTTP/1.1', 'A: 1']);
  check('GET /x HTTP/1.1\n?a=1', ['GET /x?a=1 HTTP/1.1']);
  check('GET\n  https://h/x\n  A: 1', ['GET https://h/x', 'A: 1']);
  check('GET /x\r\n  ?a=1\r\n  &b=2\r\n', ['GET /x?a=1&b=2']);
  check('GET /x\r  ?a=1\rA: 1', ['GET /x?a=1', 'A: 1']);
});

describe('headers', () => {
  check('GET /\nA: 1\nB : 2\nC:3\nD:\n', ['GET /', 'A: 1', 'B: 2', 'C: 3', 'D:']);
  check('GET /x\n  A: 1', ['GET /x', 'A: 1']);
  check('GET /\nA: 1\n# B: 2\n// C: 3\nD: 4', ['GET /', 'A: 1', 'D: 4']);
  check('GET /\nA: 1\nA: 2', ['GET /', 'A: 1', 'A: 2']);
  check('GET /\nA: one\n  two\n\tthree\nB: 1', ['GET /', 'A: one two three', 'B: 1']);
  check('GET /\nA:\n  two', ['GET /', 'A: two']);
  check('GET /\nA: http://x:80/', ['GET /', 'A: http://x:80/']);
  check('GET /\nX-{{n}}: 1\n{{n}}: 2', ['GET /', 'X-{{n}}: 1', '{{n}}: 2']);
  check('GET /\n{{auth}}\nB: 1', ['GET /', 'macro {{auth}}', 'B: 1']);
  check('GET /\n...defaults\nB: 1', ['GET /', 'spread defaults', 'B: 1']);
  check('GET /x\n@v = 1\nA: {{v}}', ['@v = 1', 'GET /x', 'A: {{v}}']);
  check('GET /\nA\nB: 1', ['GET /', 'B: 1', 'error malformed-header']);
  check('GET /\nContent Type: a', ['GET /', 'error malformed-header']);
  check('GET /a\nGET /b', ['GET /a', 'error request-line-in-head']);
  check('GET /\nHost: https://example.com/x', ['GET /', 'Host: https://example.com/x', 'warning host-with-scheme']);
  check('GET /x\n# @no-redirect\nA: 1', ['tag no-redirect', 'GET /x', 'A: 1']);
});

describe('what ends a head without a blank line (C11)', () => {
  check('POST /\n{"a":1}', ['POST /', 'text "{\\"a\\":1}"', 'warning body-without-blank-line']);
  check('POST /x\n  {\n  }', ['POST /x', 'text "  {\\n  }"', 'warning body-without-blank-line']);
  check('POST /\nA: 1\n[1]', ['POST /', 'A: 1', 'text "[1]"', 'warning body-without-blank-line']);
  check('POST /\n<a/>', ['POST /', 'text "<a/>"', 'warning body-without-blank-line']);
  check('POST /\n"a"', ['POST /', 'text "\\"a\\""', 'warning body-without-blank-line']);
  check('POST /\n<@ ./a.json', ['POST /', 'file <@ ./a.json', 'warning body-without-blank-line']);
  check('GET /\n>> a.json', ['GET /', '>> a.json']);
  check('GET /\n?? status == 200', ['GET /', 'assertion status == 200', 'information assertion-not-run']);
  check('GET /\n{{\n  test();\n}}', ['GET /', 'js-block test();', 'warning js-block-not-run']);
  check('GET /\n\nAccept: a', ['GET /', 'text "Accept: a"', 'warning blank-line-before-headers']);
});
