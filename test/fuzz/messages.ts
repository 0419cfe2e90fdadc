import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { BodyAnswer, BodyAsk } from '../../src/core/body/bodyAsk.ts';
import { bodyCipher } from '../../src/node/bodyCipher.ts';
import { LargeBody } from '../../src/node/large/largeBody.ts';
import type { FromView, ToView } from '../../src/protocol/messages.ts';
import { englishStrings } from '../../src/protocol/strings.ts';
import { validFromView, validToView } from '../../src/protocol/validMessage.ts';
import { readSavedState, selectionFor, tabIds, type SavedState } from '../../src/webview/viewState.ts';
import { nextMessage, type Drawn } from '../../src/webview/nextMessage.ts';
import { views } from '../webview/views.ts';
import { changed, json } from './arbitraries.ts';

const key = { name: 'sid', domain: 'a.test', path: '/', hostOnly: true };
const place = { line: 1, column: 2 };
const terms = { text: 'a', matchCase: true, wholeWord: false, isExpression: true };
const ask = (question: BodyAsk): FromView => ({ type: 'askBody', id: 'x', hop: 1, ask: 1, question });

/** One of each kind that the view may post. */
const posted: readonly FromView[] = [
  { type: 'ready' },
  { type: 'resend', id: 'x' },
  { type: 'pin', id: 'x', pinned: true },
  { type: 'copyBody', id: 'x', hop: 1 },
  { type: 'decodeBody', id: 'x', hop: 1, encoding: 'big5' },
  { type: 'filterBody', id: 'x', hop: 1, path: '$.a', ask: 1 },
  { type: 'copyText', text: 'x' },
  { type: 'copyHopAsCurl', id: 'x', hop: 1, shell: 'cmd' },
  { type: 'showCookie', key },
  { type: 'showProblem', line: 1, column: 1 },
  { type: 'offer', id: 'x', command: 'loginAgain' },
  ask({ kind: 'lines', form: 'pretty', line: 0, count: 9, column: 0, width: 80 }),
  ask({ kind: 'search', form: 'raw', terms }),
  ask({ kind: 'match', at: place, step: -1 }),
  ask({ kind: 'fold', form: 'pretty', line: 0 }),
  ask({ kind: 'text', form: 'raw', from: place, to: place }),
];

const answers: readonly BodyAnswer[] = [
  {
    kind: 'lines',
    state: { lines: 1, widest: 2, known: 0.5 },
    rows: [{ line: 0, text: 'ab', from: 0, bytes: 2, marks: [[0, 1]] }],
  },
  { kind: 'match', count: 1, searched: 1, match: { number: 0, place, bytes: 1 } },
  { kind: 'fold', end: 3 },
  { kind: 'trouble', message: 'x' },
];

const show = (exchange: Extract<ToView, { type: 'show' }>['exchange']): Drawn => ({
  type: 'show',
  exchange,
  pinned: false,
  strings: englishStrings,
});
const event = { number: 1, atMs: 5, text: 'x' };
const shown = show(views.oneHop());

/** One of each kind that the view may get, and views of every outcome. */
const sent: readonly ToView[] = [
  ...Object.values(views).map((view) => show(view())),
  { type: 'empty', message: 'x' },
  { type: 'filtered', ask: 1, result: { kind: 'found', text: '[1]', places: ['$.a'] } },
  ...answers.map((part): ToView => ({ type: 'bodyPart', ask: 1, part })),
  {
    type: 'stream',
    id: views.oneHop().id,
    hop: 1,
    change: { kind: 'events', added: [event], total: 1, dropped: 0, wireBytes: 1, decodedBytes: 1 },
  },
];

/** What a page may post that is not ours any more, or not yet: any value, and messages with a part of them written over. */
export const fromPage: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: changed(posted), weight: 5 },
  json,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, withSparseArray: true }),
);

/** What may reach a page: messages of an older version, of a newer one, of nobody. */
export const toPage: fc.Arbitrary<unknown> = fc.oneof({ arbitrary: changed(sent), weight: 9 }, json);

/** The fields that a message of each kind has; what it may do hangs on them. */
export function checkFromPage(value: unknown): void {
  const message = validFromView(value);
  if (message === undefined) return;
  assert.equal(message, value);
  for (const [name, field] of Object.entries(message)) {
    if (name === 'id' || name === 'path' || name === 'text') assert.equal(typeof field, 'string');
    if (name === 'hop' || name === 'ask' || name === 'column') assert.ok(Number.isSafeInteger(field) && field > 0);
  }
  if (message.type === 'askBody') checkAnswered(message.question);
}

/** Who reads the file gives an answer to every question that gets so far, or a sentence. */
function checkAnswered(question: BodyAsk): void {
  const directory = mkdtempSync(join(tmpdir(), 'crumbtrail-fuzz-'));
  const secret = new Uint8Array(32).fill(3);
  const at = (name: string) => ({ path: join(directory, name), key: secret });
  writeFileSync(at('body').path, bodyCipher(secret).at(0, Buffer.from('{"a":[1,2,"äöü"]}\n'.repeat(3))));
  const body = new LargeBody({
    id: 'a',
    place: at('body'),
    pretty: at('pretty'),
    recoded: at('text'),
    format: 'json-lines',
  });
  try {
    body.answer({ kind: 'search', form: 'raw', terms });
    while (body.step());
    const answer = body.answer(question);
    assert.ok(validToView({ type: 'bodyPart', ask: 1, part: answer }), JSON.stringify(answer));
  } catch (error) {
    assert.ok(error instanceof Error && /^[A-Z].*\.$/s.test(error.message), String(error));
  } finally {
    body.close();
    rmSync(directory, { recursive: true });
  }
}

/** After any message the view has something to draw, or what it drew before. */
export function checkToPage(values: readonly unknown[]): void {
  let drawn: Drawn | undefined = shown;
  for (const value of values) {
    const message = validToView(value);
    if (message === undefined || message.type === 'filtered' || message.type === 'bodyPart') continue;
    drawn = nextMessage(drawn, message);
    assert.ok(drawn?.type === 'show' || drawn?.type === 'empty');
  }
}

const saved: SavedState = {
  id: 'x',
  batch: 'y',
  pinned: true,
  selections: [['x', { hop: 2, tab: 'cookies', body: 'tree', request: 'written', wrap: true }]],
};

/** What a page finds where it left its choices: an older version may have left others. */
export const savedByPage: fc.Arbitrary<unknown> = fc.oneof({ arbitrary: changed([saved]), weight: 5 }, json);

export function checkSaved(kept: unknown): void {
  const state = readSavedState(kept);
  assert.deepEqual(readSavedState(structuredClone(state)), state);
  assert.ok(tabIds.includes(selectionFor(state, 'x').tab));
}
