import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { whyText, type WhyInput } from '../../src/present/whyText.ts';

const now = 1000;
const url = 'http://app.a.test/me';

function jar() {
  const made = createCookieJar();
  made.accept(
    ['sid=SECRET; Path=/', 'lang=en; Domain=a.test; Path=/', 'deep=1; Path=/app'],
    'http://app.a.test/app/',
    now,
  );
  made.accept(['other=1; Path=/'], 'http://a.test/', now);
  return made;
}

/** The text without its first two lines, for the cookies above. */
function check(input: Partial<WhyInput>, expected: readonly string[]): void {
  const verdicts = jar().explain(url, now);
  const text = whyText({ about: `GET ${url}`, session: 'Session default', verdicts, now, ...input });
  assert.equal(text.includes('SECRET'), false);
  assert.deepEqual(text.split('\n').slice(0, 2), [`Cookies for GET ${url}`, 'Session default']);
  assert.deepEqual(text.split('\n').slice(3, -1), expected);
}

const notSent = [
  '  other  a.test /',
  '      it goes to a.test only, not to hosts below it',
  '  deep  app.a.test /app',
  '      its path /app does not cover /me',
];

test('each cookie with its verdict', () => {
  check({}, [
    'Sent: 2 cookies',
    '  sid  app.a.test /',
    '      host only · ends with the session',
    '  lang  .a.test /',
    '      .a.test / · ends with the session',
    '',
    'Not sent: 2 cookies',
    ...notSent,
  ]);
});

test('a pair of the request itself stands in the place of the session’s', () => {
  const [lang] = jar()
    .cookiesFor(url, now)
    .filter(({ name }) => name === 'lang');
  assert.ok(lang);
  const sent = [
    { explicit: true, name: 'sid', value: 'x' },
    { explicit: false, name: 'lang', value: 'en', cookie: lang },
  ] as const;
  check({ sent }, [
    'Sent: 2 cookies',
    '  sid  from the Cookie line of the request',
    '  lang  .a.test /',
    '      .a.test / · ends with the session',
    '',
    'Not sent: 3 cookies',
    '  sid  app.a.test /',
    "      the request's own Cookie line stands in its place",
    ...notSent,
  ]);
});

test('# @no-cookie-jar keeps them all at home', () => {
  check({ sent: [], withoutJar: true }, [
    'Sent: 0 cookies',
    '',
    'Not sent: 4 cookies',
    '  sid  app.a.test /',
    '      the request says # @no-cookie-jar',
    '  lang  .a.test /',
    '      the request says # @no-cookie-jar',
    ...notSent,
  ]);
});
