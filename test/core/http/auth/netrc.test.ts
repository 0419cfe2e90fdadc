import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { netrcEntry, parseNetrc } from '../../../../src/core/http/auth/netrc.ts';

describe('the login of a host', () => {
  for (const [title, text, host, expected] of [
    ['on one line', 'machine a.test login u password p', 'a.test', 'u p'],
    ['on several lines', 'machine a.test\n\tlogin u\r\n  password p\n', 'a.test', 'u p'],
    ['with values on the next line', 'machine\na.test\nlogin\nu\npassword\np', 'a.test', 'u p'],
    ['of the machine named', 'machine b.test login x password y machine a.test login u password p', 'a.test', 'u p'],
    ['of the first of two', 'machine a.test login u password p\nmachine a.test login x password y', 'a.test', 'u p'],
    ['whatever the case of the name', 'machine A.Test login u password p', 'a.test', 'u p'],
    ['of an IPv6 address', 'machine ::1 login u password p', '[::1]', 'u p'],
    ['of no longer name', 'machine a.test login u password p', 'x.a.test', undefined],
    ['of no shorter name', 'machine x.a.test login u password p', 'a.test', undefined],
    ['by default', 'machine b.test login x password y\ndefault login u password p', 'a.test', 'u p'],
    [
      'by default after the exact one',
      'default login x password y\nmachine a.test login u password p',
      'a.test',
      'u p',
    ],
    ['without a password', 'machine a.test login u', 'a.test', 'u '],
    ['in quotes', String.raw`machine a.test login "u v" password "p\"q"`, 'a.test', 'u v p"q'],
    ['with a number sign in the password', 'machine a.test login u password #p', 'a.test', 'u #p'],
    ['between comments', '# first\nmachine a.test # here\nlogin u password p # there\n', 'a.test', 'u p'],
    [
      'after a macro',
      'machine b.test login x password y\nmacdef init\nmachine a.test\nls\n\nmachine a.test login u password p',
      'a.test',
      'u p',
    ],
    ['that is a keyword in quotes', 'machine a.test login\n"machine" password p', 'a.test', 'machine p'],
    ['in an empty default', 'default', 'a.test', undefined],
    ['in an entry that has only a password', 'machine a.test password p', 'a.test', undefined],
    ['in an empty file', '', 'a.test', undefined],
  ] as const) {
    test(title, () => {
      const verdict = parseNetrc(text);
      assert.ok(verdict.ok);
      const entry = netrcEntry(verdict.entries, host);
      assert.equal(entry && `${entry.login} ${entry.password}`, expected);
    });
  }
});

describe('what cannot be read, and its line', () => {
  for (const [text, line, message] of [
    ['machine h.test login\nmachine', 1, '"login" has no value'],
    ['machine a.test login u password p\nmachine', 2, '"machine" has no value'],
    ['machine a.test\nlogin u\npasword p', 3, 'there is a word where "machine", "login" or "password" should stand'],
    ['login u', 1, '"login" stands before the first machine'],
    ['machine a.test login "u', 1, '"login" has no value'],
    ['"machine', 1, 'a quote is not closed'],
  ] as const) {
    test(JSON.stringify(text), () => assert.deepEqual(parseNetrc(text), { ok: false, line, message }));
  }
});
