/**
 * Work that nobody waits for, done one piece after another. It does not pile up when it comes faster than it is done: what waits already is not taken
 * twice, and of what waits the newest `most` stay. So it is for what is kept in a limited number anyway, and no place for what must not be lost.
 */
export class Backlog<Item> {
  readonly #work: (item: Item) => Promise<void>;
  readonly #waiting = new Set<Item>();
  #doing: Promise<void> | undefined;

  /** `work` must not reject: there is nobody to tell. */
  constructor(work: (item: Item) => Promise<void>) {
    this.#work = work;
  }

  /** Returns at once; the work begins in a later turn of the event loop. */
  add(item: Item, most: number): void {
    this.#waiting.delete(item);
    this.#waiting.add(item);
    for (const oldest of this.#waiting) {
      if (this.#waiting.size <= most) break;
      this.#waiting.delete(oldest);
    }
    this.#doing ??= this.#doAll();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#doing;
  }

  // A loop and no chain of promises: an error that is made below a chain of thousands walks along all of it for its stack.
  async #doAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (const item of this.#waiting) {
      this.#waiting.delete(item);
      await this.#work(item);
    }
    this.#doing = undefined;
  }
}
