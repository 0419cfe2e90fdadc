import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { firstHeader } from '../../src/core/http/headerList.ts';
import { requestCookies } from '../../src/core/session/requestCookies.ts';
import { defaultSettings } from '../../src/core/session/settings.ts';
import { conformanceFolder, needsConformance } from './conformanceFolder.ts';

interface ParserCase {
  readonly test: string;
  readonly received: readonly string[];
  readonly 'sent-to'?: string;
  readonly sent: readonly { readonly name: string; readonly value: string }[];
}

interface Superseded {
  readonly test: string;
  readonly httpState: string;
  readonly rfc6265bis: string;
}

const host = 'http://home.example.org:8888';
// Several vectors expire in 2019, so the clock stands in 2012.
const now = Date.UTC(2012, 0, 1);

function sentHeader(vector: ParserCase): string {
  const jar = createCookieJar();
  jar.accept(vector.received.map(bytesOf), `${host}/cookie-parser?${vector.test}`, now);
  const url = new URL(vector['sent-to'] ?? `/cookie-parser-result?${vector.test}`, host).href;
  const { headers } = requestCookies([], jar.cookiesFor(url, now), defaultSettings);
  return firstHeader(headers, 'Cookie') ?? '';
}

// The jar takes header bytes as Latin-1; the vectors are text in UTF-8.
function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(conformanceFolder, 'http-state', name), 'utf8'));
}

suite('http-state vectors with the expectations of RFC 6265bis', needsConformance, () => {
  if (needsConformance.skip !== false) return;
  const vectors = read('parser.json') as ParserCase[];
  const superseded = new Map((read('superseded-by-6265bis.json') as Superseded[]).map((entry) => [entry.test, entry]));

  test('all 222 vectors are there', () => {
    assert.equal(vectors.length, 222);
  });

  for (const vector of vectors) {
    test(vector.test, () => {
      const original = vector.sent.map(({ name, value }) => `${name}=${value}`).join('; ');
      const expected = superseded.get(vector.test)?.rfc6265bis ?? original;
      assert.equal(sentHeader(vector), bytesOf(expected));
    });
  }
});
