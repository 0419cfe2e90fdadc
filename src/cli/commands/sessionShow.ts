import { sessionReport } from '../../present/sessionReport.ts';
import { sessionText } from '../../present/sessionText.ts';
import { addressedSession } from '../addressedSession.ts';
import { exitCodes } from '../exitCode.ts';
import type { Command } from '../main.ts';
import { noPositionals } from '../noPositionals.ts';

export const sessionShow: Command = async (given, output) => {
  noPositionals(given);
  const { session } = await addressedSession(given, output);
  const now = Date.now();
  if (given.flag('json')) output.out(`${JSON.stringify(sessionReport(session, { now, mask: given.flag('mask') }))}\n`);
  else output.out(sessionText(session, now, output.style));
  return exitCodes.ok;
};
