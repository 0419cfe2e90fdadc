import type { RunResult } from '../../core/run/run.ts';
import type { LineMap } from '../../core/text/lineMap.ts';
import type { Mask } from '../mask.ts';

/** One request that was chosen, and what came of it. */
export interface ReportRun {
  /** The file as the user named it. */
  readonly file: string;
  readonly lines: LineMap;
  /** `# @name`, title, or its place. */
  readonly title: string;
  /** Of the request line, from 1. */
  readonly line: number;
  /** Absent when the whole run ended before its turn. */
  readonly result: RunResult | undefined;
  readonly mask: Mask;
}

/** What a test runner calls it. `error` is trouble before an answer, `failed` an answer of 400 or above. */
export type Standing = 'passed' | 'failed' | 'error' | 'skipped';

/** How a run stands, and in one line why; passed has no reason. */
export function standingOf({ result, mask }: ReportRun): { readonly standing: Standing; readonly reason: string } {
  if (!result) return { standing: 'skipped', reason: 'Not sent: the run ended before.' };
  const { exchange, outcome } = result;
  switch (outcome) {
    case 'completed': {
      const response = exchange?.hops.at(-1)?.response;
      if ((response?.status ?? 0) < 400) return { standing: 'passed', reason: '' };
      return { standing: 'failed', reason: `${response?.status} ${response?.reason ?? ''}`.trimEnd() };
    }
    case 'failed': {
      const { message = 'Failed.', hint = '' } = exchange?.failure ?? {};
      return { standing: 'error', reason: mask.text(`${message} ${hint}`.trimEnd()) };
    }
    case 'blocked': {
      const errors = result.problems.filter(({ severity }) => severity === 'error');
      return { standing: 'error', reason: mask.text(['Not sent.', ...errors.map(({ message }) => message)].join(' ')) };
    }
    case 'cancelled':
      return { standing: 'skipped', reason: 'Cancelled.' };
    default:
      return outcome satisfies never;
  }
}
