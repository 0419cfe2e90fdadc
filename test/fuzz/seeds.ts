import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cookieAt, key, recordedAt, variableAt } from '../core/session/snapshotParts.ts';

const root = join(import.meta.dirname, '..', '..');
const example = (name: string) => readFileSync(join(root, 'media', 'examples', name), 'utf8');

/** Short files with every kind of part, and the long one that the product comes with. */
export const requestSeeds: readonly string[] = [
  example('demo.http'),
  '@host = http://127.0.0.1:9\n@a = {{host}}/x\n\n### t\n# @name n\nPOST {{a}}?q={{$uuid}} HTTP/1.1\nA: b\nB:\n  folded\n\n{"a": {{$randomInt 1 9}}}\n',
  'POST http://h.test/f\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b={{x}}\n### \nGET http://h.test/\n  ?a=1\n  &b=2\n',
  'POST http://h.test/\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name="f"\n\nx\n--b--\n',
  "curl -X PUT 'http://h.test/a b' \\\n  -H 'A: b' --data-binary $'x\\ny' -u me:you --compressed\n",
  'POST http://h.test/graphql\nX-REQUEST-TYPE: GraphQL\n\nquery Q($a: Int) { a(b: $a) { c } }\n\n{ "a": 1 }\n',
  'import ./other.http\n\n### x\n< {% request.variables.set("a", "b"); %}\nGET http://[::1]:9/%7B\nAuthorization: Digest me you\n\n> {% client.global.set("t", response.body.t); %}\n>>! out.json\n<> old.txt\n',
];

export const cookieFileSeeds: readonly string[] = [
  '# Netscape HTTP Cookie File\n.h.test\tTRUE\t/\tFALSE\t1893456000\ta\t1\n#HttpOnly_h.test\tFALSE\t/p\tTRUE\t0\tb\tx y\n',
  'h.test\t/\ta\t1\t-1\n.h.test\t/p\tb\t"q"\tTue, 01 Jan 2030 00:00:00 GMT\n',
  '{"version":"tough-cookie@6","cookies":[{"key":"a","value":"1","domain":"h.test","path":"/","hostOnly":true,"expires":"2030-01-01T00:00:00.000Z"}]}',
];

/** Every other form that cookies are read from. */
export const cookieTextSeeds: readonly string[] = [
  'Cookie: a=1; b="x y"; c=',
  'Set-Cookie: a=1; Path=/p; Domain=h.test; Expires=Tue, 01 Jan 2030 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax\nb=2; Max-Age=9\n',
  '[{"name":"a","value":"1","domain":"h.test","path":"/","hostOnly":true,"expires":1893456000}]',
  '{"log":{"version":"1.2","entries":[{"request":{"url":"https://h.test/p","cookies":[{"name":"a","value":"1"}]},"response":{"cookies":[{"name":"b","value":"2","path":"/","domain":".h.test","expires":"2030-01-01T00:00:00.000Z","httpOnly":true}]}}]}}',
];

export const environmentSeeds: readonly string[] = [
  example('http-client.env.json'),
  '{ "$shared": { "a": 1 }, "dev": { "b": { "c": [1, "x"] }, "$session": { "headers": { "A": null } }, /* c */ }, }',
  'A=1\nexport B="x # y"\nC=\'{"d": 1}\'\n#D=2\nE: f\n',
];

export const snapshotSeed = {
  version: 1,
  key,
  cookies: [
    cookieAt(5),
    cookieAt(6, { name: 'b', path: '/x', secure: true, expires: 1_893_456_000_000, sameSite: 'lax' }),
  ],
  variables: [variableAt(5)],
  defaults: { headers: { 'User-Agent': 'x', Accept: null }, timeouts: { connectMs: 5 } },
  defaultsAt: 7,
  recorded: [recordedAt(8)],
  deleted: [{ item: 'variable x', at: 9 }],
};
