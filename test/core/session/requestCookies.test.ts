import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cookie } from '../../../src/core/cookies/cookie.ts';
import type { HeaderList } from '../../../src/core/http/headerList.ts';
import { requestCookies } from '../../../src/core/session/requestCookies.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';

/** `jar` is written as `name=value`; a leading `*` in `sent` marks a pair of the file. */
function check(
  what: string,
  given: { headers?: HeaderList; jar?: readonly string[]; settings?: Partial<SendSettings> },
  expected: { headers: HeaderList; sent: readonly string[]; warnings?: readonly string[] },
): void {
  test(`requestCookies: ${what}`, () => {
    const { headers = [], jar = [], settings } = given;
    const result = requestCookies(headers, jar.map(cookie), { ...defaultSettings, ...settings });
    assert.deepEqual(result.headers, expected.headers);
    assert.deepEqual(
      result.sent.map(({ explicit, name, value }) => `${explicit ? '*' : ''}${name}=${value}`),
      expected.sent,
    );
    assert.deepEqual(
      result.warnings.map(({ code }) => code),
      expected.warnings ?? [],
    );
  });
}

function cookie(pair: string): Cookie {
  const [name = '', value = ''] = pair.split('=');
  const flags = { hostOnly: true, secure: false, httpOnly: false, sameSite: undefined, partitioned: false } as const;
  return {
    ...flags,
    name,
    value,
    domain: 'a.test',
    path: '/',
    expires: undefined,
    created: 0,
    lastSet: 0,
    source: undefined,
  };
}

check('nothing to say', {}, { headers: [], sent: [] });
check(
  'the jar alone',
  { headers: [['A', '1']], jar: ['a=1', 'b=2'] },
  {
    headers: [
      ['A', '1'],
      ['Cookie', 'a=1; b=2'],
    ],
    sent: ['a=1', 'b=2'],
  },
);
check(
  'a nameless cookie is its value',
  { jar: ['=v', 'a=1'] },
  { headers: [['Cookie', 'v; a=1']], sent: ['=v', 'a=1'] },
);
check(
  'a line without a jar stays as written',
  { headers: [['cookie', 'a=1;b']] },
  { headers: [['cookie', 'a=1;b']], sent: ['*a=1', '*=b'] },
);
check(
  'explicit pairs come first and win by name',
  {
    headers: [
      ['Cookie', 'c=1'],
      ['A', '1'],
    ],
    jar: ['j=1', 'c=0'],
  },
  {
    headers: [
      ['Cookie', 'c=1; j=1'],
      ['A', '1'],
    ],
    sent: ['*c=1', 'j=1'],
  },
);
check(
  'several lines become one',
  {
    headers: [
      ['Cookie', 'a=1'],
      ['Cookie', 'b=2'],
    ],
  },
  { headers: [['Cookie', 'a=1; b=2']], sent: ['*a=1', '*b=2'] },
);
check(
  'names compare with case',
  { headers: [['Cookie', 'a=1']], jar: ['A=2'] },
  { headers: [['Cookie', 'a=1; A=2']], sent: ['*a=1', 'A=2'] },
);
check(
  'replace leaves the jar out',
  { headers: [['Cookie', 'c=1']], jar: ['j=1'], settings: { cookieHeader: 'replace' } },
  { headers: [['Cookie', 'c=1']], sent: ['*c=1'] },
);
check(
  'policy requests leaves the jar out',
  { headers: [['Cookie', 'c=1']], jar: ['j=1'], settings: { policy: 'requests' } },
  { headers: [['Cookie', 'c=1']], sent: ['*c=1'] },
);
check(
  'replace without a line',
  { jar: ['j=1'], settings: { cookieHeader: 'replace' } },
  { headers: [['Cookie', 'j=1']], sent: ['j=1'] },
);

const long = `a=${'x'.repeat(8200)}`;
check(
  'a line that servers refuse',
  { jar: [long] },
  { headers: [['Cookie', long]], sent: [long], warnings: ['cookie-header-size'] },
);
