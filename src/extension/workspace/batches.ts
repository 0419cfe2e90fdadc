import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { BatchEntryView, BatchView } from '../../protocol/batchView.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { SealedFolder } from '../../node/sealedFolder.ts';
import { Backlog } from './backlog.ts';

/** A run of many requests while it lasts. */
export interface Batch {
  /** Ids that the exchanges will have, in the order of the requests. */
  readonly ids: readonly string[];
  /** Aborted when the user sends nothing more of it. */
  readonly signal: AbortSignal;
  end(state: 'done' | 'stopped'): void;
}

/** How many lists can be shown again after a window reload. */
const kept = 5;

/** How many lists this window remembers; our choice: as many as somebody may have pinned. */
const remembered = 20;

/** The runs of several requests of this window, and their encrypted copies: what the response view lists. */
export class Batches {
  readonly #known = new Map<string, BatchView>();
  readonly #stops = new Map<string, AbortController>();
  readonly #folder: () => Promise<SealedFolder>;
  /** A run of a thousand changes two thousand times, and each time all of it would be written. */
  readonly #backlog = new Backlog<string>((id) => this.#keep(id));
  readonly #changed = new vscode.EventEmitter<BatchView>();
  readonly onDidChange = this.#changed.event;

  constructor(folder: () => Promise<SealedFolder>) {
    this.#folder = folder;
  }

  /** Begins a run; `names` are shown until the exchanges have titles of their own. */
  begin(title: string, names: readonly string[]): Batch {
    const id = randomUUID();
    const entries = names.map((name) => waiting({ id: randomUUID(), name }));
    const stop = new AbortController();
    this.#stops.set(id, stop);
    this.#put(newBatch(id, title, entries));
    return {
      ids: entries.map((entry) => entry.id),
      signal: stop.signal,
      end: (state) => {
        this.#stops.delete(id);
        const batch = this.#known.get(id);
        if (batch) this.#put({ ...batch, state });
      },
    };
  }

  /** Another request is sent first for the exchange `asked`: it stands before that, in its list or in a new one. */
  addNeeded(asked: Named, needed: Named): void {
    const batch = this.of(asked.id) ?? newBatch(asked.id, asked.name, [waiting(asked)]);
    const at = batch.entries.findIndex(({ id }) => id === asked.id);
    this.#put({ ...batch, entries: batch.entries.toSpliced(at, 0, { ...waiting(needed), state: 'running' }) });
  }

  /** The send of `asked` is over, and so is the list that was made for it alone. */
  endOf(asked: string): void {
    const batch = this.#known.get(asked);
    if (batch) this.#put({ ...batch, state: 'done' });
  }

  /** Nothing more of it is sent. Returns the exchange that is under way. */
  stop(id: string): string | undefined {
    this.#stops.get(id)?.abort();
    return this.#known.get(id)?.entries.find(({ state }) => state === 'running')?.id;
  }

  /** The run that an exchange belongs to. */
  of(exchange: string): BatchView | undefined {
    return [...this.#known.values()].findLast(({ entries }) => entries.some(({ id }) => id === exchange));
  }

  /** Takes over what a view of one of the exchanges tells. */
  observe(view: ExchangeView): void {
    const batch = this.of(view.id);
    const before = batch?.entries.find(({ id }) => id === view.id);
    if (!batch || !before) return;
    const entry = entryOf(view);
    if (before.state === entry.state && before.outcome === entry.outcome) return;
    this.#put({ ...batch, entries: batch.entries.map((each) => (each === before ? entry : each)) });
  }

  /** An exchange is sent once more: the new one takes its place. */
  replace(exchange: string, by: string): void {
    const batch = this.of(exchange);
    if (!batch) return;
    this.#put({ ...batch, entries: batch.entries.map((each) => (each.id === exchange ? { ...each, id: by } : each)) });
  }

  /** Of this window, or of the one before a reload: then nothing of it is under way any more. */
  async find(id: string): Promise<BatchView | undefined> {
    const known = this.#known.get(id);
    if (known) return known;
    const text = await (await this.#folder()).read(id);
    if (text === undefined) return undefined;
    const saved = JSON.parse(text) as BatchView;
    const batch: BatchView = saved.state === 'running' ? { ...saved, state: 'stopped' } : saved;
    this.#known.set(id, batch);
    return batch;
  }

  #put(batch: BatchView): void {
    this.#known.delete(batch.id);
    this.#known.set(batch.id, batch);
    for (const id of [...this.#known.keys()].slice(0, -remembered)) this.#known.delete(id);
    this.#changed.fire(batch);
    this.#backlog.add(batch.id, kept);
  }

  /** Resolves when the copies are on the disk. */
  async flush(): Promise<void> {
    await this.#backlog.idle();
  }

  async #keep(id: string): Promise<void> {
    try {
      const folder = await this.#folder();
      await folder.write(id, JSON.stringify(this.#known.get(id)));
      await folder.keepNewest(kept);
    } catch {
      // The list is in memory; a disk that takes nothing is told by the history.
    }
  }
}

/** An exchange, and what it is called until it has a title of its own. */
interface Named {
  readonly id: string;
  readonly name: string;
}

function newBatch(id: string, title: string, entries: BatchView['entries']): BatchView {
  return { id, title, state: 'running', entries };
}

function waiting({ id, name }: Named): BatchEntryView {
  return { id, name, state: 'waiting', isGood: true, durationMs: 0 };
}

function entryOf({ id, title, state, hops, failure, durationMs }: ExchangeView): BatchEntryView {
  const statuses = hops.flatMap(({ status }) => status ?? []);
  const end = state === 'running' || !failure ? [] : [failure.code];
  const outcome = [...statuses.slice(-3), ...end].join(' → ');
  const isGood = state === 'running' || (state === 'completed' && (statuses.at(-1) ?? 600) < 400);
  return { id, name: title, state, isGood, durationMs, ...(outcome !== '' && { outcome }) };
}
