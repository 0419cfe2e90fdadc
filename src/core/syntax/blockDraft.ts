import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { ImportNode, OutputNode, ScriptNode, TagNode, VariableNode } from './ast.ts';

/** What the readers of one block have collected so far. It lives for one block and is frozen into a `Block`. */
export interface BlockDraft {
  readonly tags: TagNode[];
  readonly variables: VariableNode[];
  readonly imports: ImportNode[];
  readonly scripts: ScriptNode[];
  readonly outputs: OutputNode[];
  readonly problems: Problem[];
  /** The first line that is neither a request nor anything else known. */
  prose: Span | undefined;
}

export function emptyDraft(): BlockDraft {
  return { tags: [], variables: [], imports: [], scripts: [], outputs: [], problems: [], prose: undefined };
}

/** Most lists of most blocks are empty: they share one, so that large files do not keep thousands of nothing. */
export function kept<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? none : list.slice();
}

const none: readonly never[] = Object.freeze([]);
