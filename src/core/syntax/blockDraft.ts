import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { HeaderNode, ImportNode, OutputNode, ScriptNode, TagNode, VariableNode } from './ast.ts';

/**
 * What the readers of one block have collected so far. One draft serves all blocks of a text, each taking what it has: lists made anew
 * for every block would be most of what a parse allocates.
 */
export class BlockDraft {
  readonly tags = new Collected<TagNode>();
  readonly variables = new Collected<VariableNode>();
  readonly imports = new Collected<ImportNode>();
  readonly headers = new Collected<HeaderNode>();
  readonly scripts = new Collected<ScriptNode>();
  readonly outputs = new Collected<OutputNode>();
  readonly problems = new Collected<Problem>();
  /** The first line that is neither a request nor anything else known. */
  prose: Span | undefined;
  /** The line behind the block, known when it has been read. */
  next = 0;
}

/** A list that keeps its room when its items are taken. */
class Collected<T> {
  readonly #items: T[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get last(): T | undefined {
    return this.#count === 0 ? undefined : this.#items[this.#count - 1];
  }

  push(item: T): void {
    this.#items[this.#count++] = item;
  }

  replaceLast(item: T): void {
    this.#items[this.#count - 1] = item;
  }

  /** The items, and none from now on. Most lists of most blocks are empty: they share one. */
  taken(): readonly T[] {
    if (this.#count === 0) return none;
    const items = this.#items.slice(0, this.#count);
    this.#count = 0;
    return items;
  }
}

const none: readonly never[] = [];
