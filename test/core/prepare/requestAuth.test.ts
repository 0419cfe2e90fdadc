import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { previewBlock } from '../../../src/core/run/preview.ts';
import { prepareRequest } from '../../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../../src/core/run/runContext.ts';
import type { SessionDefaults } from '../../../src/core/session/settings.ts';
import { newSession, runInput } from '../../support/runInput.ts';

async function prepare(text: string, defaults: Partial<SessionDefaults> = {}) {
  const session = newSession();
  session.setDefaults({ headers: [], params: [], ...defaults });
  const overrides = [
    ['user', 'a b'],
    ['odd', 'a:b'],
    ['word', 'c d'],
  ] as const;
  const input = runInput(text, undefined, { session, overrides });
  const { request, problems } = await prepareRequest(prepareInput(input, createResolver(input, [], 'no'), 'no'));
  const line = request?.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return { line, auth: request?.auth, codes: problems.map(({ code }) => code) };
}

const basic = { type: 'basic', username: 'S', password: 's' } as const;
const userinfo = { type: 'basic', username: 'x', password: 'y' } as const;
const digest = { type: 'digest', username: 'u', password: 'p' } as const;
const aws = { type: 'aws', accessKeyId: 'id', secretKey: 'key', region: 'eu-west-1' } as const;

describe('sources of credentials in their order', () => {
  for (const [title, text, defaults, expected] of [
    ['nothing', 'GET http://a.test/', {}, { line: undefined, auth: undefined, codes: [] }],
    ['the URL', 'GET http://x:y@a.test/', {}, { line: undefined, auth: { userinfo }, codes: [] }],
    [
      'the session before the URL',
      'GET http://x:y@a.test/',
      { auth: basic },
      { line: undefined, auth: { session: { credentials: basic }, userinfo }, codes: [] },
    ],
    [
      'the session before its own header, with a word about it',
      'GET http://a.test/',
      { auth: basic, headers: [['Authorization', 'Bearer H']] },
      { line: undefined, auth: { session: { credentials: basic } }, codes: ['authorization-replaced'] },
    ],
    [
      'a session bound to another origin is not in the way',
      'GET http://a.test/',
      { auth: { ...basic, origin: 'http://b.test/' }, headers: [['Authorization', 'Bearer H']] },
      { line: 'Bearer H', auth: { session: { credentials: basic, origin: 'http://b.test' } }, codes: [] },
    ],
    [
      "the block's line before the session",
      'GET http://a.test/\nAuthorization: Bearer L',
      { auth: basic },
      { line: 'Bearer L', auth: { session: { credentials: basic } }, codes: [] },
    ],
    [
      'the tag before the line, with a word about it',
      '# @auth bearer T\nGET http://a.test/\nAuthorization: Bearer L',
      {},
      { line: 'Bearer T', auth: undefined, codes: ['authorization-replaced'] },
    ],
    [
      'the tag before the header of the session',
      '# @auth bearer T\nGET http://a.test/',
      { headers: [['Authorization', 'Bearer H']] },
      { line: 'Bearer T', auth: undefined, codes: ['authorization-replaced'] },
    ],
    [
      'none switches all of them off',
      '# @auth none\nGET http://x:y@a.test/',
      { auth: basic },
      { line: undefined, auth: { none: true }, codes: [] },
    ],
    [
      'none of the session leaves what the request says',
      'GET http://x:y@a.test/',
      { auth: { type: 'none' } },
      { line: undefined, auth: { userinfo }, codes: [] },
    ],
    [
      'Digest of the tag',
      '# @auth digest u p\nGET http://a.test/',
      {},
      { line: undefined, auth: { own: digest }, codes: [] },
    ],
    [
      'Digest of the line (C34)',
      'GET http://a.test/\nAuthorization: Digest u p',
      {},
      { line: undefined, auth: { own: digest }, codes: [] },
    ],
    [
      'Digest of a curl command',
      'curl --digest -u u:p http://a.test/',
      {},
      { line: undefined, auth: { own: digest }, codes: [] },
    ],
    [
      'AWS of a curl command',
      'curl --aws-sigv4 aws:amz:eu-west-1 -u id:key http://a.test/',
      {},
      { line: undefined, auth: { own: aws }, codes: [] },
    ],
    [
      'AWS of the tag',
      '# @auth aws id key region:eu-west-1\nGET http://a.test/',
      {},
      { line: undefined, auth: { own: aws }, codes: [] },
    ],
    [
      'AWS of the line',
      'GET http://a.test/\nAuthorization: AWS id key region:eu-west-1',
      {},
      { line: undefined, auth: { own: aws }, codes: [] },
    ],
    [
      'values may have blanks where placeholders stand',
      '# @auth digest {{user}} {{word}}\nGET http://a.test/',
      {},
      { line: undefined, auth: { own: { type: 'digest', username: 'a b', password: 'c d' } }, codes: [] },
    ],
  ] as const) {
    test(title, async () => assert.deepEqual(await prepare(text, defaults), expected));
  }
});

describe('what a preview foresees', () => {
  for (const [title, text, defaults, expected] of [
    ['the session', 'GET http://a.test/', { auth: basic }, 'Basic Uzpz'],
    ['the URL', 'GET http://x:y@a.test/', {}, 'Basic eDp5'],
    ['the line', 'GET http://x:y@a.test/\nAuthorization: Bearer L', { auth: basic }, 'Bearer L'],
    ['nothing of Digest, which waits for a challenge', '# @auth digest u p\nGET http://a.test/', {}, undefined],
    ['nothing where there is none', 'GET http://a.test/', { auth: { type: 'none' } }, undefined],
  ] as const) {
    test(title, async () => {
      const session = newSession();
      session.setDefaults({ headers: [], params: [], ...defaults });
      const { headers } = await previewBlock(runInput(text, undefined, { session }));
      assert.equal(headers.find(([name]) => name === 'Authorization')?.[1], expected);
    });
  }
});

describe('a user name that Basic cannot express', () => {
  for (const [text, auth] of [
    ['# @auth basic {{odd}} p\nGET http://a.test/', undefined],
    ['GET http://a%3Ab:p@a.test/', undefined],
    ['GET http://a.test/', { ...basic, username: 'a:b' }],
  ] as const) {
    test(`${text} ${auth?.username ?? ''}`, async () => {
      assert.deepEqual((await prepare(text, auth && { auth })).codes, ['invalid-auth']);
    });
  }
});
