import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeWords } from '../../src/core/text/sizeWords.ts';
import { momentWords, spanWords } from '../../src/present/timeWords.ts';

const second = 1000;
const hour = 3600 * second;

test('spans in one rounded unit', () => {
  const rows: readonly (readonly [ms: number, expected: string])[] = [
    [0, 'less than a second'],
    [second, '1 second'],
    [89 * second, '89 seconds'],
    [91 * second, '2 minutes'],
    [hour, '60 minutes'],
    [2 * hour, '2 hours'],
    [35 * hour, '35 hours'],
    [30 * 24 * hour, '30 days'],
  ];
  for (const [ms, expected] of rows) assert.equal(spanWords(ms), expected);
});

test('moments lie ahead or behind', () => {
  assert.equal(momentWords(5 * hour, 0), 'in 5 hours');
  assert.equal(momentWords(0, 5 * hour), '5 hours ago');
});

test('sizes in decimal units', () => {
  const rows: readonly (readonly [bytes: number, expected: string])[] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [3812, '3.8 kB'],
    [10_000_000, '10 MB'],
  ];
  for (const [bytes, expected] of rows) assert.equal(sizeWords(bytes), expected);
});
