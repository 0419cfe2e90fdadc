import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyFileName } from '../../src/present/bodyName.ts';

type Row = readonly [
  url: string,
  contentDisposition: string | undefined,
  contentType: string | undefined,
  expected: string,
];

function check(table: readonly Row[]): void {
  for (const [path, contentDisposition, contentType, expected] of table) {
    const url = `https://api.example.test${path}`;
    assert.equal(bodyFileName({ url, contentDisposition, contentType }), expected, `${path} ${contentDisposition}`);
  }
}

const named = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

test('the name that the server gives, else the end of the URL and the ending of the type', () => {
  check([
    ['/x', 'attachment; filename="report 2026.pdf"', 'application/json', 'report 2026.pdf'],
    ['/files/logo.png?size=2', undefined, 'image/png', 'logo.png'],
    ['/users', undefined, 'application/json; charset=utf-8', 'users.json'],
    ['/users/1.5', undefined, 'application/problem+json', '1.5.json'],
    ['/files/na%C3%AFve.txt', undefined, 'text/plain', 'naïve.txt'],
    ['/', undefined, 'text/html', 'response.html'],
    ['/a/b/', undefined, 'application/vnd.x+xml', 'b.xml'],
    ['/photo', undefined, 'image/jpeg', 'photo.jpg'],
    ['/events', undefined, 'text/event-stream', 'events.txt'],
    ['/data', undefined, 'application/octet-stream', 'data'],
    ['/data', undefined, undefined, 'data'],
    ['/%ff', undefined, 'text/csv', '%ff.csv'],
    ['/json', undefined, 'text/plain', 'json.txt'],
  ]);
});

test('a name is no path, is not hidden, is no device and does not lie', () => {
  check([
    ['/x', named('../../etc/passwd'), undefined, 'passwd'],
    ['/x', named('C:\\Windows\\System32\\evil.dll'), undefined, 'evil.dll'],
    ['/x', named('/absolute'), undefined, 'absolute'],
    ['/x', named('..'), 'text/plain', 'x.txt'],
    ['/x', named('.bashrc'), undefined, 'bashrc'],
    ['/x', named('a<b>c:d"e|f?g*h.txt'), undefined, 'a_b_c_d_e_f_g_h.txt'],
    ['/x', named('new\nline\0and\u0007bell.txt'), undefined, 'newlineandbell.txt'],
    ['/x', named('invoice\u202efdp.exe'), undefined, 'invoicefdp.exe'],
    ['/x', named('con.txt'), undefined, '_con.txt'],
    ['/x', named('LPT1'), undefined, '_LPT1'],
    ['/x', named('console.txt'), undefined, 'console.txt'],
    ['/x', named('trailing. . '), undefined, 'trailing'],
    ['/x', named('   '), undefined, 'x'],
    ['/..%2f..%2fetc%2fpasswd', undefined, undefined, 'passwd'],
    ['/x', named(`${'é'.repeat(300)}.tar`), undefined, `${'é'.repeat(98)}.tar`],
  ]);
});
