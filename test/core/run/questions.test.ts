import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askingOnce, promptsOf } from '../../../src/core/run/questions.ts';
import type { Question } from '../../../src/core/run/run.ts';
import { newSession, runInput } from '../../support/runInput.ts';

describe('what a tag asks', () => {
  for (const [tag, expected] of [
    ['prompt otp', { name: 'otp', text: 'otp', secret: false }],
    ['prompt otp Your code', { name: 'otp', text: 'Your code', secret: false }],
    ['kulala-prompt otp Your code', { name: 'otp', text: 'Your code', secret: false }],
    ['prompt size Which one?|S, M,,L', { name: 'size', text: 'Which one?', secret: false, choices: ['S', 'M', 'L'] }],
    ['prompt size |S,M', { name: 'size', text: 'size', secret: false, choices: ['S', 'M'] }],
    ['prompt who Name $value: Ann', { name: 'who', text: 'Name', secret: false, initial: 'Ann' }],
    ['prompt password', { name: 'password', text: 'password', secret: true }],
    ['prompt api_token Paste it', { name: 'api_token', text: 'Paste it', secret: true }],
    ['prompt passphrase', { name: 'passphrase', text: 'passphrase', secret: true }],
  ] as const) {
    test(tag, () => {
      const [asked] = promptsOf(runInput(`# @${tag}\nGET http://a.test/\n`).block);
      assert.deepEqual(asked?.prompt, { kind: 'prompt', ...expected });
    });
  }

  test('a tag without a name asks nothing', () => {
    assert.deepEqual(promptsOf(runInput('# @prompt\nGET http://a.test/\n').block), []);
  });
});

describe('how often', () => {
  const prompt = { kind: 'prompt', name: 'n', text: 'n', secret: false } as const;
  const once = { ...prompt, once: true } as const;
  for (const [what, questions, expected] of [
    ['the same question of a run once', [[prompt, prompt]], 1],
    ['another question again', [[prompt, { ...prompt, name: 'm' }]], 2],
    ['a question of the next run again', [[prompt], [prompt]], 2],
    ['a question for a session once', [[once], [once, once]], 1],
  ] as const) {
    test(what, async () => {
      const session = newSession();
      let asked = 0;
      const answer = (): string => `answer ${(asked += 1)}`;
      for (const run of questions) {
        const { ports } = askingOnce(runInput('GET http://a.test/\n', undefined, { session, answer }));
        for (const question of run) await ports.ask(question);
      }
      assert.equal(asked, expected);
    });
  }

  test('who turned away is asked again in the next run', async () => {
    const session = newSession();
    const asked: Question[] = [];
    const answer = (question: Question): undefined => void asked.push(question);
    for (let run = 0; run < 2; run += 1) {
      const { ports } = askingOnce(runInput('GET http://a.test/\n', undefined, { session, answer }));
      assert.equal(await ports.ask(once), undefined);
    }
    assert.equal(asked.length, 2);
  });
});
