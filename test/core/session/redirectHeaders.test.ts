import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HeaderList } from '../../../src/core/http/headerList.ts';
import { redirectHeaders } from '../../../src/core/session/redirectHeaders.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';

describe('a Referer where it is asked for', () => {
  for (const [name, from, to, headers, expected] of [
    ['without userinfo and fragment', 'http://u:p@a.test/x?q=1#f', 'http://a.test/y', [], 'http://a.test/x?q=1'],
    ['in the place of a written one', 'http://a.test/x', 'http://b.test/', [['referer', 'z']], 'http://a.test/x'],
    ['not from https to http', 'https://a.test/x', 'http://a.test/y', [['Referer', 'z']], undefined],
  ] as const) {
    test(name, () => {
      const next = check(from, to, headers, { autoReferer: true });
      assert.equal(next.headers.find(([key]) => key === 'Referer')?.[1], expected);
    });
  }

  test('a written one goes along where it is not', () => {
    const { headers } = check('http://a.test/', 'http://a.test/y', [['Referer', 'z']], {});
    assert.deepEqual(headers, [['Referer', 'z']]);
  });
});

describe('a header that a mount gave stays with the URLs that the mount holds for', () => {
  const mountHeaders = [['X-Key', 'http://a.test/api']] as const;
  for (const [to, kept] of [
    ['http://a.test/api/next', true],
    ['http://a.test/other', false],
    ['http://b.test/api', false],
    ['http://a.test.evil.test/api', false],
  ] as const) {
    test(to, () => {
      const { headers, changes } = check('http://a.test/api/x', to, [['x-key', '1']], { mountHeaders });
      assert.deepEqual(headers, kept ? [['x-key', '1']] : []);
      assert.deepEqual(
        changes.map(({ name, why }) => [name, why]),
        kept ? [] : [['x-key', 'is a default for http://a.test/api only']],
      );
    });
  }
});

function check(from: string, to: string, headers: HeaderList, settings: Partial<SendSettings>) {
  return redirectHeaders(headers, {
    from: new URL(from),
    to: new URL(to),
    withoutBody: false,
    settings: { ...defaultSettings, ...settings },
  });
}
