import { sessionName } from '../../present/sessionReport.ts';
import { sessionCounts, sessionTitle } from '../../present/sessionText.ts';
import { exitCodes } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import { noPositionals } from '../noPositionals.ts';
import { openSessions } from '../openSessions.ts';
import { rootFolder } from '../rootFolder.ts';

export const sessionList: Command = async (given, output) => {
  noPositionals(given);
  const sessions = openSessions({ store: given.text('store'), output });
  const keys = await sessions.list(rootFolder(given.text('root'), '.'));
  const now = Date.now();
  for (const key of keys) {
    const session = await sessions.open(key);
    const counts = { cookies: session.jar.all(now).length, variables: session.variables().length };
    if (given.flag('json')) output.out(`${JSON.stringify({ version: 1, session: sessionName(key), ...counts })}\n`);
    else output.out(`${sessionTitle(key)}: ${sessionCounts(session, now)}\n`);
  }
  if (keys.length === 0 && !given.flag('json')) {
    output.out('There is no saved session here yet. The first "crumbtrail send" makes one.\n');
  }
  return exitCodes.ok;
};
