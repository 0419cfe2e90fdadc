import type { BodyAnswer, BodyAsk } from '../core/body/bodyAsk.ts';
import type { FilterView } from '../protocol/exchangeView.ts';

export interface PathFinding {
  /** Asks whoever reads the file that the body lies in. */
  readonly ask: (ask: BodyAsk) => Promise<BodyAnswer>;
  /** Looks into all of the text at once. */
  readonly inWhole: () => Promise<FilterView>;
  readonly isWanted: () => boolean;
  readonly onProgress: (progress: FilterProgress) => void;
}

export interface FilterProgress {
  readonly count: number;
  /** From 0 to 1. */
  readonly searched: number;
}

/** Our choice: as often as somebody reads a number that grows, in milliseconds. */
const again = 100;

/** What a path finds in a body of any size: it is followed through the file where that can be done. `undefined` when nobody wants it any more. */
export async function findByPath(path: string, finding: PathFinding): Promise<FilterView | undefined> {
  const { ask, inWhole, isWanted, onProgress } = finding;
  while (isWanted()) {
    const answer = await ask({ kind: 'filter', path });
    if (!isWanted()) return undefined;
    if (answer.kind === 'trouble') return answer;
    if (answer.kind !== 'filter') return inWhole();
    if (answer.result) return answer.result;
    onProgress(answer);
    await new Promise((resolve) => setTimeout(resolve, again));
  }
  return undefined;
}
