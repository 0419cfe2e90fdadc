import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, type DecodedText } from '../../../src/core/text/decode.ts';

const cases: Record<string, readonly [bytes: readonly number[], expected: DecodedText]> = {
  empty: [[], { text: '', encoding: 'utf-8' }],
  'UTF-8': [[0x61, 0xc3, 0xa9], { text: 'aé', encoding: 'utf-8' }],
  'UTF-8 with a mark': [[0xef, 0xbb, 0xbf, 0x61], { text: 'a', encoding: 'utf-8-bom' }],
  'UTF-16, little end first': [[0xff, 0xfe, 0x61, 0, 0xac, 0x20], { text: 'a€', encoding: 'utf-16le' }],
  'UTF-16, big end first': [[0xfe, 0xff, 0, 0x61, 0x20, 0xac], { text: 'a€', encoding: 'utf-16be' }],
  'no UTF-8': [[0x61, 0xe9, 0x62], { text: 'a\uFFFDb', encoding: 'utf-8' }],
};

for (const [name, [bytes, expected]] of Object.entries(cases)) {
  test(name, () => assert.deepEqual(decodeText(Uint8Array.from(bytes)), expected));
}
