import type { RunInput, RunResult } from './run.ts';
import type { Session } from '../session/session.ts';

/** A run under way, for others that need the same. */
export interface RunningRun {
  readonly result: Promise<RunResult>;
  /** A run of somebody else that this one waits for. */
  waitsFor: RunningRun | undefined;
}

/** Which runs are under way in each session: what two of them need first is sent once. */
const running = new WeakMap<Session, Map<string, RunningRun>>();

/** The run of the same block with the same values that is under way in the session. */
export function runningRun(input: RunInput): RunningRun | undefined {
  return running.get(input.session)?.get(keyOf(input));
}

/** Runs, and lets others find it until it has ended. `run` gets the entry, to note on it what it waits for. */
export function asRunning(input: RunInput, run: (entry: RunningRun) => Promise<RunResult>): Promise<RunResult> {
  const runs = running.get(input.session) ?? new Map<string, RunningRun>();
  running.set(input.session, runs);
  const entry: { -readonly [Name in keyof RunningRun]: RunningRun[Name] } = { result: never, waitsFor: undefined };
  const key = keyOf(input);
  runs.set(key, entry);
  entry.result = run(entry).finally(() => {
    if (runs.get(key) === entry) runs.delete(key);
  });
  return entry.result;
}

const never = new Promise<never>(() => undefined);

/** The result of a run of somebody else; `undefined` when `signal` aborts, or when one of `own` would be waited for itself. */
export async function resultOf(
  other: RunningRun,
  own: readonly RunningRun[],
  signal: AbortSignal,
): Promise<RunResult | undefined> {
  if (signal.aborted || leadsTo(other, own)) return undefined;
  for (const entry of own) entry.waitsFor = other;
  let stop: () => void = () => undefined;
  const aborted = new Promise<undefined>((resolve) => (stop = () => resolve(undefined)));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([other.result, aborted]);
  } catch {
    // It broke off for a reason that its own caller is told.
    return undefined;
  } finally {
    signal.removeEventListener('abort', stop);
    for (const entry of own) entry.waitsFor = undefined;
  }
}

/** Two runs that need each other are in a circle, which whoever sends finds: waiting would last for ever. */
function leadsTo(other: RunningRun, own: readonly RunningRun[]): boolean {
  for (let at: RunningRun | undefined = other; at; at = at.waitsFor) if (own.includes(at)) return true;
  return false;
}

function keyOf({ file, block, overrides }: RunInput): string {
  return `${file.id}\n${block.span.start}${overrides.length === 0 ? '' : `\n${JSON.stringify(overrides)}`}`;
}
