import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText } from '../../src/core/text/decode.ts';
import { needsConformance } from '../conformance/conformanceFolder.ts';
import { outline } from '../core/syntax/outline.ts';
import { openCorpus } from '../corpus/corpusFiles.ts';
import { fixtures } from './fixtures.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const endings = (text: string, eol: string) => text.replace(/\r\n|\r|\n/g, eol);

/** The same file in other bytes. */
const variants: Readonly<Record<string, (text: string) => Uint8Array>> = {
  LF: (text) => bytes(endings(text, '\n')),
  CRLF: (text) => bytes(endings(text, '\r\n')),
  'lone CR': (text) => bytes(endings(text, '\r')),
  'UTF-8 with a byte order mark': (text) => bytes(`\ufeff${text}`),
  'UTF-16, little end first': (text) => bytes(`\ufeff${text}`, 'utf16le'),
  'UTF-16, big end first': (text) => bytes(`\ufeff${text}`, 'utf16le').swap16(),
  'a final line break': (text) => bytes(`${text}\n`),
  'no final line break': (text) => bytes(text.replace(/[\r\n]+$/, '')),
};

for (const [name, variant] of Object.entries(variants)) {
  describe(`the facts of a file in ${name}`, () => {
    test('are those of the fixture', () => {
      for (const text of fixtures) assert.deepEqual(facts(variant(text)), facts(bytes(text)), text);
    });

    test('are those of the file that somebody wrote', needsConformance, () => {
      const corpus = openCorpus();
      for (const key of corpus.keys) {
        const { text } = decodeText(corpus.read(key));
        assert.deepEqual(facts(variant(text)), facts(bytes(text)), key);
      }
    });
  });
}

/** Everything in the tree but how its lines end. */
function facts(file: Uint8Array): readonly string[] {
  return outline(decodeText(file).text).map((line) =>
    line.replace(/\\r\\n|\\r|\r\n|\r/g, (eol) => (eol.startsWith('\\') ? '\\n' : '\n')),
  );
}
