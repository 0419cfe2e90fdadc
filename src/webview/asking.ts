import type { FilterView } from '../protocol/exchangeView.ts';
import type { FromView, ViewAnswer } from '../protocol/messages.ts';

/** Questions of the view that the extension answers, each by its number. */
export interface Asking {
  /** What a filter finds in the body of a hop. */
  readonly filter: (id: string, hop: number, path: string) => Promise<FilterView>;
  /** Takes an answer; one that nobody waits for is dropped. */
  readonly settle: (answer: ViewAnswer) => void;
}

export function createAsking(post: (message: FromView) => void): Asking {
  const waiting = new Map<number, (result: FilterView) => void>();
  let last = 0;
  return {
    filter: (id, hop, path) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        post({ type: 'filterBody', id, hop, path, ask: last });
      }),
    settle: ({ ask, result }) => {
      waiting.get(ask)?.(result);
      waiting.delete(ask);
    },
  };
}
