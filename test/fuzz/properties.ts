import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { exportCookieJson, importCookieJson } from '../../src/core/cookies/formats/cookieJson.ts';
import { exportJetBrains, importJetBrains } from '../../src/core/cookies/formats/jetbrains.ts';
import { exportNetscape, importNetscape } from '../../src/core/cookies/formats/netscape.ts';
import { cookieFormatOf, cookieFormats, readCookies } from '../../src/core/cookies/formats/readCookies.ts';
import { cookieFileFormats, writeCookies } from '../../src/core/cookies/formats/writeCookies.ts';
import type { CookieJar } from '../../src/core/cookies/cookieJar.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { previewBlock } from '../../src/core/run/preview.ts';
import { readDefaults } from '../../src/core/session/readDefaults.ts';
import { readSnapshot } from '../../src/core/session/readSnapshot.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import { mergeProfiles } from '../../src/core/variables/profiles.ts';
import { now, runInput } from '../support/runInput.ts';
import { changed, json, mutated, text } from './arbitraries.ts';
import { checkFromPage, checkSaved, checkToPage, fromPage, savedByPage, toPage } from './messages.ts';
import { checkDrawn, closePage } from './viewPage.ts';
import { environmentSeeds, cookieFileSeeds, cookieTextSeeds, requestSeeds, snapshotSeed } from './seeds.ts';

/** One law that must hold for any input. */
export interface Property {
  readonly name: string;
  readonly law: fc.IRawProperty<unknown>;
  /** Inputs to try in `npm test`. */
  readonly runs: number;
  /** What it opened on the way. */
  readonly close?: () => Promise<void>;
}

export const properties: readonly Property[] = [
  {
    name: 'a mutated request file has a tree that tiles its text',
    runs: 3000,
    law: fc.property(mutated(requestSeeds), checkParse),
  },
  {
    name: 'no value of a variable breaks out of its place in the request',
    runs: 1500,
    law: fc.asyncProperty(text, text, text, checkRequest),
  },
  {
    name: 'a mutated request is prepared or has a problem',
    runs: 600,
    law: fc.asyncProperty(mutated(requestSeeds), checkPrepared),
  },
  {
    name: 'Set-Cookie lines get one verdict each, and what goes out is clean',
    runs: 2000,
    law: fc.property(fc.array(text, { maxLength: 5 }), checkSetCookies),
  },
  {
    name: 'cookie files: bad lines are listed, good ones come back as they went out',
    runs: 2000,
    law: fc.property(mutated(cookieFileSeeds), checkCookieFiles),
  },
  {
    name: 'cookies of any text are listed or go out clean, in every form',
    runs: 1000,
    law: fc.property(mutated([...cookieFileSeeds, ...cookieTextSeeds]), checkCookieText),
  },
  {
    name: 'environment files never throw, and touch no prototype',
    runs: 1500,
    law: fc.property(
      fc.oneof(
        mutated(environmentSeeds),
        json.map((value) => JSON.stringify(value) ?? ''),
      ),
      checkEnvironment,
    ),
  },
  {
    name: 'session defaults take what they know and say what they do not',
    runs: 2000,
    law: fc.property(json, (value) => void JSON.stringify(readDefaults(value))),
  },
  {
    name: 'a snapshot is read or refused, never half trusted',
    runs: 2000,
    law: fc.property(changed([snapshotSeed]), checkSnapshot),
  },
  {
    name: 'what a page posts is refused, or is one of its messages in every field, and is answered',
    runs: 3000,
    law: fc.property(fromPage, checkFromPage),
  },
  {
    name: 'what a page gets is refused, or leaves it something to draw',
    runs: 3000,
    law: fc.property(fc.array(toPage, { maxLength: 4 }), checkToPage),
  },
  {
    name: 'what a page has kept is taken as far as it makes sense',
    runs: 1000,
    law: fc.property(savedByPage, checkSaved),
  },
  {
    name: 'a page in a browser draws any message or says that it cannot, and asks for nothing by itself',
    runs: 100,
    law: fc.asyncProperty(toPage, checkDrawn),
    close: closePage,
  },
];

function checkParse(file: string): void {
  const { blocks, text: parsed } = parse(file);
  let end = 0;
  for (const { span } of blocks) {
    assert.equal(span.start, end);
    end = span.end;
  }
  assert.equal(end, parsed.length);
}

/** Values come from servers (captures, references): RFC 9112 section 11.1, header injection. */
async function checkRequest(path: string, header: string, name: string): Promise<void> {
  const file = 'POST http://127.0.0.1:9/{{path}}\nX-Value: {{header}}\n{{name}}: 1\n\nbody';
  const overrides = [
    ['path', path],
    ['header', header],
    ['name', name],
  ] as const;
  const preview = await previewBlock(runInput(file, undefined, { overrides }));
  checkPreview(preview);
  if (preview.request) assert.equal(new URL(preview.request.url).host, '127.0.0.1:9');
}

async function checkPrepared(file: string): Promise<void> {
  if (requestBlocks(parse(file)).length === 0) return;
  checkPreview(await previewBlock(runInput(file)));
}

function checkPreview({ request, headers, problems }: Awaited<ReturnType<typeof previewBlock>>): void {
  if (!request) return assert.ok(problems.length > 0, 'no request and no problem');
  assert.ok(URL.canParse(request.url), request.url);
  for (const [name, value] of headers) {
    assert.match(name, /^[!#$%&'*+.^_`|~\w-]+$/);
    // oxlint-disable-next-line no-control-regex -- what RFC 9110 section 5.5 forbids
    assert.doesNotMatch(value, /[\0\r\n]/);
  }
}

function checkSetCookies(lines: readonly string[]): void {
  const jar = createCookieJar();
  const { verdicts } = jar.accept(lines, 'https://www.example.test/a/b', now);
  assert.equal(verdicts.length, lines.length);
  checkClean(jar, 'https://www.example.test/a/b');
  assert.deepEqual(jar.cookiesFor('https://other.test/', now), []);
}

function checkClean(jar: CookieJar, url: string): void {
  for (const { name, value } of jar.cookiesFor(url, now)) {
    // oxlint-disable-next-line no-control-regex -- what RFC 6265bis section 5.6 refuses
    assert.doesNotMatch(`${name}=${value}`, /[\0-\x08\x0a-\x1f\x7f;]/);
  }
}

function checkCookieText(file: string): void {
  for (const format of new Set([cookieFormatOf(file), ...cookieFormats])) {
    const jar = createCookieJar();
    const { cookies, errors } = readCookies(file, format, now, 'https://h.test/p/q');
    for (const { message } of errors) assert.ok(message.length > 0);
    for (const cookie of cookies) {
      jar.put(cookie);
      // Wherever the file says that it belongs.
      const { domain, path } = cookie;
      if (URL.canParse(`https://${domain}${path}`)) checkClean(jar, `https://${domain}${path}`);
    }
    for (const form of cookieFileFormats) assert.equal(typeof writeCookies(cookies, form).text, 'string');
  }
}

function checkCookieFiles(file: string): void {
  for (const [read, write] of [
    [importNetscape, exportNetscape],
    [importJetBrains, exportJetBrains],
  ] as const) {
    const { cookies } = read(file, now);
    const again = read(write(cookies).text, now);
    assert.deepEqual(
      keys(again.cookies),
      keys(cookies).filter((key) => keys(again.cookies).includes(key)),
    );
  }
  const { cookies } = importCookieJson(file, now);
  assert.deepEqual(keys(importCookieJson(exportCookieJson(cookies), now).cookies), keys(cookies));
}

function keys(cookies: readonly { readonly domain: string; readonly path: string; readonly name: string }[]): string[] {
  return [...new Set(cookies.map(({ domain, path, name }) => `${domain} ${path} ${name}`))].toSorted();
}

function checkEnvironment(file: string): void {
  for (const [kind, path] of [
    ['public', '/w/http-client.env.json'],
    ['private', '/w/http-client.private.env.json'],
    ['dotenv', '/w/.env'],
    ['settings', 'settings'],
  ] as const) {
    const { problems } = mergeProfiles([{ kind, path, text: file }]);
    for (const { offset } of problems) assert.ok(offset >= 0 && offset <= file.length);
  }
  assert.deepEqual(Object.keys(Object.prototype), []);
}

function checkSnapshot(value: unknown): void {
  const reading = readSnapshot(JSON.parse(JSON.stringify(value)));
  if (!reading.ok) return assert.ok(reading.failure.message.length > 0);
  // What was read can be written and read again without a loss.
  const again = readSnapshot(JSON.parse(JSON.stringify(reading.snapshot)));
  assert.ok(again.ok);
  assert.deepEqual(again.warnings, []);
  assert.deepEqual(JSON.parse(JSON.stringify(again.snapshot)), JSON.parse(JSON.stringify(reading.snapshot)));
}
