import type { Session, SessionKey } from '../core/session/session.ts';
import type { Sessions } from '../core/session/sessions.ts';
import { environmentNames } from './environmentNames.ts';
import { exitCodes, type ExitCode } from './exitCode.ts';
import { environmentOfKey, sessionId, sessionKey } from '../core/session/sessionKey.ts';
import { openSessions } from './openSessions.ts';
import type { Output } from './output.ts';
import type { CommandArguments } from './parseCommandLine.ts';
import { rootFolder } from './rootFolder.ts';

/** The session that `--env`, `--session`, `--store` and `--root` name; without a file, the root is looked for from the current folder. */
export async function addressedSession(
  given: CommandArguments,
  output: Output,
): Promise<{ readonly sessions: Sessions; readonly session: Session }> {
  const sessions = openSessions({ store: given.text('store'), output });
  return { sessions, session: await sessions.open(addressedKey(given)) };
}

/** The same for a command that only looks: that there is nothing to look at is said, and is no silent success. */
export async function savedSession(given: CommandArguments, output: Output): ReturnType<typeof addressedSession> {
  const sessions = openSessions({ store: given.text('store'), output });
  const key = addressedKey(given);
  const saved = await sessions.list(key.folder);
  if (!saved.some((each) => sessionId(each) === sessionId(key))) {
    const where = given.text('store') ?? `the sessions of ${key.folder}`;
    const environment = environmentOfKey(key).join(', ');
    const name = environment === '' ? `"${key.name}"` : `"${key.name}" of the environment "${environment}"`;
    output.error(
      `crumbtrail: There is no saved session ${name} in ${where}. "crumbtrail session list" shows which there are.\n`,
    );
  }
  return { sessions, session: await sessions.open(key) };
}

/** Writes what was changed; a session that cannot be written is told, and the exit code says so. */
export async function saveSessions(sessions: Sessions, output: Output): Promise<ExitCode> {
  const troubles = await sessions.close();
  // The sessions have told it themselves, with the reason.
  if (troubles.length > 0) output.error('crumbtrail: Not everything was saved.\n');
  return troubles.length > 0 ? exitCodes.usage : exitCodes.ok;
}

/** The key that the options name, whether there is such a session or not. */
export function addressedKey(given: CommandArguments): SessionKey {
  const root = rootFolder(given.text('root'), '.');
  return sessionKey(root, environmentNames(given.text('env')), given.text('session') ?? 'default');
}
