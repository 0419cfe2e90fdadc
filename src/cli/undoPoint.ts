import type { Session } from '../core/session/session.ts';
import type { Sessions } from '../core/session/sessions.ts';

/**
 * What a session held before a command last changed it: a snapshot like any other, so that lists show it and `session restore` knows it.
 * One is kept; a send keeps none, because it would write a session twice.
 */
export const undoPoint = 'before the last change';

/** Call it before the change, and only when there will be one: it takes the place of the one before. */
export async function keepForUndo(sessions: Sessions, session: Session): Promise<void> {
  await sessions.takeSnapshot(session.key, undoPoint);
}
