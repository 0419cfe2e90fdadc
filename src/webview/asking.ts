import type { BodyAnswer, BodyAsk } from '../core/body/bodyAsk.ts';
import type { FilterView } from '../protocol/exchangeView.ts';
import type { FromView, ViewAnswer } from '../protocol/messages.ts';

/** Questions of the view that the extension answers, each by its number. */
export interface Asking {
  /** What a filter finds in the body of a hop. */
  readonly filter: (id: string, hop: number, path: string) => Promise<FilterView>;
  /** Parts of the body of a hop that is too large for a message. */
  readonly askBody: (id: string, hop: number) => (question: BodyAsk) => Promise<BodyAnswer>;
  /** Takes an answer; one that nobody waits for is dropped. */
  readonly settle: (answer: ViewAnswer) => void;
}

export function createAsking(post: (message: FromView) => void): Asking {
  const waiting = new Map<number, (answer: ViewAnswer) => void>();
  let last = 0;
  const asked = (message: (ask: number) => FromView): Promise<ViewAnswer> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      post(message(last));
    });
  return {
    filter: async (id, hop, path) => {
      const answer = await asked((ask) => ({ type: 'filterBody', id, hop, path, ask }));
      return answer.type === 'filtered' ? answer.result : { kind: 'nothing' };
    },
    askBody: (id, hop) => async (question) => {
      const answer = await asked((ask) => ({ type: 'askBody', id, hop, question, ask }));
      return answer.type === 'bodyPart' ? answer.part : { kind: 'trouble', message: '' };
    },
    settle: (answer) => {
      waiting.get(answer.ask)?.(answer);
      waiting.delete(answer.ask);
    },
  };
}
