import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interruptedView } from '../../../src/extension/workspace/interruptedView.ts';
import type { ExchangeView } from '../../../src/protocol/exchangeView.ts';
import { body } from '../../webview/views.ts';

const words = { message: 'The window went.', hint: 'Send it again.', cut: 'This came.' };

test('a response that a closing window cut off keeps its beginning, and says so', () => {
  const whole = body('application/json', '[1,2');
  const [hop] = whole.hops;
  assert.ok(hop?.body?.kind === 'text');
  const { body: beginning, ...rest } = hop;
  const running: ExchangeView = { ...whole, state: 'running', waitMs: 5, hops: [{ ...rest, beginning }] };
  const { state, failure, hops, waitMs } = interruptedView(running, words);
  assert.deepEqual(
    [state, failure, waitMs],
    ['cancelled', { code: 'cancelled', message: words.message, hint: words.hint }, undefined],
  );
  assert.deepEqual(hops, [{ ...rest, body: { ...beginning, cut: words.cut } }]);
  assert.equal(interruptedView(whole, words), whole);
});
