import { setTimeout as wait } from 'node:timers/promises';

/** Waits so many milliseconds, or until the signal is aborted. A timer holds no more than 2^31 - 1. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await wait(Math.min(ms, 2 ** 31 - 1), undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
