import * as vscode from 'vscode';
import {
  changeBetween,
  contentOf,
  isEmptyChange,
  revertChange,
  type SessionChange,
} from '../../core/session/sessionChange.ts';
import type { Session } from '../../core/session/session.ts';

/** Something that was done to a session in this window and can be taken back. */
export interface DoneChange {
  readonly session: Session;
  /** What was done, for example `Log in` or `Cookie sid deleted`. */
  readonly label: string;
  readonly change: SessionChange;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Id of the send whose responses did it. */
  readonly run?: string;
}

/** Our choice: so many steps back are kept for each session of a window. */
const kept = 50;

/** What was done to each session of this window, newest last: sends, edits, deletions, imports. Forgotten with the window. */
export class SessionChanges implements vscode.Disposable {
  readonly #done = new WeakMap<Session, DoneChange[]>();
  readonly #changed = new vscode.EventEmitter<Session>();
  readonly #undone = new vscode.EventEmitter<DoneChange>();
  readonly #runs = new Map<string, DoneChange>();
  readonly onDidChange = this.#changed.event;
  readonly onDidUndo = this.#undone.event;

  /** Does `action` and keeps what it changed. */
  async track<Result>(session: Session, label: string, action: () => Result | Promise<Result>): Promise<Result> {
    const before = contentOf(session, Date.now());
    const result = await action();
    session.touch();
    this.record(session, label, changeBetween(before, contentOf(session, Date.now())));
    return result;
  }

  /** Keeps a change; nothing when it changed nothing. */
  record(session: Session, label: string, change: SessionChange, run?: string): DoneChange | undefined {
    if (isEmptyChange(change)) return undefined;
    const done = { session, label, change, at: Date.now(), ...(run !== undefined && { run }) };
    this.#done.set(session, [...(this.#done.get(session) ?? []), done].slice(-kept));
    if (run !== undefined) this.#runs.set(run, done);
    // The oldest are out of reach in the view as well.
    for (const id of [...this.#runs.keys()].slice(0, -kept)) this.#runs.delete(id);
    this.#changed.fire(session);
    return done;
  }

  last(session: Session): DoneChange | undefined {
    return this.#done.get(session)?.at(-1);
  }

  /** What a send of this window did, until it is taken back. */
  ofRun(id: string): DoneChange | undefined {
    return this.#runs.get(id);
  }

  /** Takes a change back; it need not be the last. Returns how many things stayed, because somebody changed them since. */
  undo(done: DoneChange): number {
    const left = revertChange(done.session, done.change, Date.now());
    const others = (this.#done.get(done.session) ?? []).filter((each) => each !== done);
    this.#done.set(done.session, others);
    if (done.run !== undefined) this.#runs.delete(done.run);
    this.#changed.fire(done.session);
    this.#undone.fire(done);
    return left;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#undone.dispose();
  }
}
