import { reasonOf } from '../../core/text/reasonOf.ts';
import type { SessionKey } from '../../core/session/session.ts';
import { replaceContent } from '../../core/session/sessionChange.ts';
import type { Sessions } from '../../core/session/sessions.ts';
import { addressedKey, addressedSession, saveSessions } from '../addressedSession.ts';
import { exitCodes } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import { noPositionals } from '../noPositionals.ts';
import { openSessions } from '../openSessions.ts';
import type { CommandArguments } from '../parseCommandLine.ts';
import { keepForUndo, undoPoint } from '../undoPoint.ts';
import { UsageError } from '../usageError.ts';

/** Gives the session another name; its snapshots go along. */
export const sessionRename: Command = async (given, output) => {
  const name = newName(given);
  const sessions = openSessions({ store: given.text('store'), output });
  const key = await storedKey(sessions, given);
  await usable(() => sessions.rename(key, name));
  output.out(`The session ${key.name} is called ${name} now.\n`);
  return exitCodes.ok;
};

/** Copies the session with all that it holds; the two share nothing from then on. */
export const sessionFork: Command = async (given, output) => {
  const name = newName(given);
  const sessions = openSessions({ store: given.text('store'), output });
  const key = await storedKey(sessions, given);
  await usable(() => sessions.duplicate(key, name));
  output.out(`The session ${name} begins as a copy of ${key.name}.\n`);
  return exitCodes.ok;
};

/** Deletes the session with its snapshots. Never asks: a script has nobody to answer. */
export const sessionDelete: Command = async (given, output) => {
  noPositionals(given);
  const sessions = openSessions({ store: given.text('store'), output });
  const key = await storedKey(sessions, given);
  await sessions.remove(key);
  output.out(`The session ${key.name} is deleted.\n`);
  return exitCodes.ok;
};

/** Keeps what the session holds under a name; without a name, lists the snapshots there are. */
export const sessionSnapshot: Command = async (given, output) => {
  const [name, extra] = given.positionals;
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one snapshot.`);
  const sessions = openSessions({ store: given.text('store'), output });
  const key = name === undefined ? addressedKey(given) : await storedKey(sessions, given);
  if (name === undefined) {
    const names = await sessions.snapshots(key);
    output.out(names.length === 0 ? `The session ${key.name} has no snapshots.\n` : `${names.join('\n')}\n`);
    return exitCodes.ok;
  }
  await sessions.takeSnapshot(key, oneLine(name));
  output.out(`The snapshot ${name} keeps what the session ${key.name} holds now.\n`);
  return exitCodes.ok;
};

/** Makes the session what it was when the snapshot was taken. */
export const sessionRestore: Command = async (given, output) => {
  const [name, extra] = given.positionals;
  if (name === undefined) throw new UsageError('Name the snapshot. "crumbtrail session snapshot" lists them.');
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one snapshot.`);
  const { sessions, session } = await addressedSession(given, output);
  const snapshot = await sessions.loadSnapshot(session.key, name);
  if (!snapshot) {
    const names = await sessions.snapshots(session.key);
    const known = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
    throw new UsageError(`The session ${session.key.name} has no snapshot "${name}". ${known}`);
  }
  await keepForUndo(sessions, session);
  replaceContent(session, snapshot, Date.now());
  const code = await saveSessions(sessions, output);
  output.out(`The session ${session.key.name} is as the snapshot ${name} has it.\n`);
  return code;
};

/** Makes the session what it was before the last command changed it; the state that goes is kept in the same place, so twice is not at all. */
export const sessionUndo: Command = async (given, output) => {
  noPositionals(given);
  const { sessions, session } = await addressedSession(given, output);
  const before = await sessions.loadSnapshot(session.key, undoPoint);
  if (!before) {
    throw new UsageError(
      `There is nothing to undo: no clear, set, import or restore has changed the session ${session.key.name} yet.`,
    );
  }
  await keepForUndo(sessions, session);
  replaceContent(session, before, Date.now());
  const code = await saveSessions(sessions, output);
  output.out(`The session ${session.key.name} is as it was before the last change; undo again to take that back.\n`);
  return code;
};

function newName(given: CommandArguments): string {
  const [name, extra] = given.positionals;
  if (name === undefined) throw new UsageError('Say the new name, for example "alice".');
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: say one name.`);
  return oneLine(name);
}

function oneLine(name: string): string {
  if (name.trim() === '' || /[\r\n]/.test(name)) throw new UsageError('A name is one line that is not empty.');
  return name.trim();
}

async function storedKey(sessions: Sessions, given: CommandArguments): Promise<SessionKey> {
  const key = addressedKey(given);
  const all = await sessions.list(key.folder);
  if (all.some(({ profile, name }) => profile === key.profile && name === key.name)) return key;
  const names = all.map(({ profile, name }) => (profile === '-' ? name : `${name} (--env ${profile})`));
  const known = names.length === 0 ? 'There is no saved session here yet.' : `There are: ${names.join(', ')}.`;
  throw new UsageError(`There is no saved session "${key.name}". ${known}`);
}

/** A name that is taken is for the user to put right. */
async function usable(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new UsageError(reasonOf(error));
  }
}
