import type { StreamChange, StreamPieceView, StreamView } from '../protocol/streamView.ts';

/** Our choice: what a person can look through, and what a message to the view may weigh. */
export const streamLimits = { pieces: 1000, characters: 2_000_000, piece: 64_000 } as const;

/** The pieces of one stream: all are counted, the newest are kept. */
export class StreamPieces {
  readonly #kind: StreamView['kind'];
  /** Epoch milliseconds. */
  readonly #startedAt: number;
  #kept: StreamPieceView[] = [];
  #characters = 0;
  #total = 0;
  #dropped = 0;
  #taken = 0;

  constructor(kind: StreamView['kind'], startedAt: number) {
    this.#kind = kind;
    this.#startedAt = startedAt;
  }

  /** `at`: epoch milliseconds. */
  add(at: number, text: string, facts: Omit<StreamPieceView, 'number' | 'atMs' | 'text' | 'cut'> = {}): void {
    const isCut = this.#kind === 'events' && text.length > streamLimits.piece;
    const shown = isCut ? text.slice(0, streamLimits.piece) : text;
    this.#total += 1;
    const atMs = Math.max(0, at - this.#startedAt);
    this.#kept.push({ number: this.#total, atMs, text: shown, ...facts, ...(isCut && { cut: true as const }) });
    this.#characters += shown.length;
    while (this.#kept.length > streamLimits.pieces || this.#characters > streamLimits.characters) this.#drop();
  }

  /** Something came that is not kept, not even for a moment: with this gap what came before it is worth nothing. */
  skip(): void {
    this.#kept = [];
    this.#characters = 0;
    this.#dropped = this.#total += 1;
  }

  /** What came since the last call; `undefined` when nothing did. */
  take(): Pick<StreamChange, 'kind' | 'added' | 'total' | 'dropped'> | undefined {
    if (this.#taken === this.#total) return undefined;
    const added = this.#kept.filter(({ number }) => number > this.#taken);
    this.#taken = this.#total;
    return { kind: this.#kind, added, total: this.#total, dropped: this.#dropped };
  }

  all(): StreamView {
    return { kind: this.#kind, pieces: [...this.#kept], total: this.#total, dropped: this.#dropped };
  }

  #drop(): void {
    this.#characters -= this.#kept.shift()?.text.length ?? 0;
    this.#dropped += 1;
  }
}
