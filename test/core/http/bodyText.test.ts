import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBodyText } from '../../../src/core/http/bodyText.ts';

/** Bytes as hex, or as text in UTF-8 after `=`. */
function check(bytes: string, contentType: string | undefined, text: string, encoding: string): void {
  const buffer = bytes.startsWith('=') ? Buffer.from(bytes.slice(1)) : Buffer.from(bytes, 'hex');
  assert.deepEqual(decodeBodyText(buffer, contentType), { text, encoding }, `${bytes} as ${contentType}`);
}

test('a byte order mark decides before everything else, and is not part of the text', () => {
  check('efbbbf61', 'text/plain; charset=utf-16', 'a', 'utf-8');
  check('fffe6100', 'text/plain; charset=utf-8', 'a', 'utf-16le');
  check('feff0061', undefined, 'a', 'utf-16be');
  check('fffe000061000000', undefined, 'a', 'utf-32le');
  check('0000feff00000061', undefined, 'a', 'utf-32be');
});

test('the charset of the header is taken by any of its names', () => {
  check('e9', 'text/plain; charset=ISO-8859-1', 'é', 'windows-1252');
  check('8abf8e9a', 'text/plain; charset="Shift_JIS"', '漢字', 'shift_jis');
  check('61000000', 'text/plain; charset=utf-32le', 'a', 'utf-32le');
  check('=é', 'text/plain; charset=nonsense', 'é', 'utf-8');
});

test('JSON tells its encoding by its NULs', () => {
  check('7b7d', 'application/json', '{}', 'utf-8');
  check('7b007d00', 'application/json', '{}', 'utf-16le');
  check('007b007d', 'application/problem+json', '{}', 'utf-16be');
  check('7b0000007d000000', 'application/json', '{}', 'utf-32le');
  check('0000007b0000007d', 'application/json', '{}', 'utf-32be');
  check('7b0000007d000000', 'text/plain', '{\0\0\0}\0\0\0', 'utf-8');
});

test('XML and HTML say it in their first bytes', () => {
  const latin = Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>', 'latin1').toString('hex');
  check(latin, 'application/xml', '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>', 'windows-1252');
  const page = Buffer.from('<html><meta charset=koi8-r>\u00c1', 'latin1').toString('hex');
  check(page, 'text/html', '<html><meta charset=koi8-r>а', 'koi8-r');
  check('=<meta charset="utf-16">é', 'text/html', '<meta charset="utf-16">é', 'utf-8');
  check('=<meta charset=koi8-r>', 'text/plain', '<meta charset=koi8-r>', 'utf-8');
});

test('without any word it is UTF-8 when the bytes are that, else windows-1252', () => {
  check('c3a9', 'text/plain', 'é', 'utf-8');
  check('80e9', 'text/plain', '€é', 'windows-1252');
  check('61c3', undefined, 'a\u{fffd}', 'utf-8');
  check('', undefined, '', 'utf-8');
});

test('a default for text without a charset is Latin-1 itself, and for nothing else (policy `requests`)', () => {
  for (const [bytes, contentType, text, encoding] of [
    ['c3a9', 'text/plain', 'Ã©', 'iso-8859-1'],
    ['80', 'text/html', '\x80', 'iso-8859-1'],
    ['c3a9', 'text/plain; charset=utf-8', 'é', 'utf-8'],
    ['c3a9', 'application/json', 'é', 'utf-8'],
    ['c3a9', undefined, 'é', 'utf-8'],
    ['efbbbf61', 'text/plain', 'a', 'utf-8'],
  ] as const) {
    assert.deepEqual(decodeBodyText(Buffer.from(bytes, 'hex'), contentType, 'iso-8859-1'), { text, encoding });
  }
});
