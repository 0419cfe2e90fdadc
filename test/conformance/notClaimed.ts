/** A must or should case that the product does not claim yet. The list may only shrink: a listed case that passes fails the tests. */
export interface NotClaimed {
  readonly ids: readonly string[];
  /** The work that will claim it. */
  readonly until: string;
  readonly reason: string;
}

export const notClaimed: readonly NotClaimed[] = [];
