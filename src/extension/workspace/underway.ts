/** What is under way now, in the order in which it began. */
export class Underway<Item> {
  readonly #items = new Set<Item>();
  #waiting: (() => void)[] = [];

  get all(): readonly Item[] {
    return [...this.#items];
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: Item): boolean {
    return this.#items.has(item);
  }

  begin(item: Item): void {
    this.#items.add(item);
  }

  end(item: Item): void {
    this.#items.delete(item);
    if (this.#items.size > 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves when nothing is under way, or after so many milliseconds. */
  idle(atMostMs: number): Promise<void> {
    if (this.#items.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(resolve, atMostMs);
      this.#waiting.push(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }
}
