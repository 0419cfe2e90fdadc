import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composedHead, requestBody } from '../../src/present/hopText.ts';
import { requestFixture } from './exchangeFixture.ts';

test('a head is put together in origin form, with a Host line unless one is written', () => {
  const request = requestFixture('GET', 'https://api.example.test:8443/a?b=c#d', [['Accept', '*/*']]);
  assert.equal(composedHead(request, request.headers), 'GET /a?b=c HTTP/1.1\nhost: api.example.test:8443\nAccept: */*');
  assert.equal(composedHead(request, [['Host', 'other']]), 'GET /a?b=c HTTP/1.1\nHost: other');
});

test('a body that is no text or was streamed is counted, not shown', () => {
  const request = requestFixture('POST', 'https://api.example.test/', [], 'x');
  const body = request.body!;
  assert.equal(requestBody({ ...request, body: undefined }, 0), undefined);
  assert.deepEqual(requestBody({ ...request, body: { ...body, bytes: Uint8Array.of(0xff, 0) } }, 2), {
    text: '',
    bytes: 2,
    truncated: true,
  });
  const streamed = { length: undefined, replayable: false, open: () => body.open() };
  assert.deepEqual(requestBody({ ...request, body: streamed }, 70), { text: '', bytes: 70, truncated: true });
});
