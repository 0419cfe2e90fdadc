import { defaultsInForce } from '../../core/run/runDefaults.ts';
import type { Provenance } from '../../core/session/provenance.ts';
import type { Session } from '../../core/session/session.ts';
import { defaultSettings } from '../../core/session/settings.ts';
import { readProfiles } from '../../node/profileFiles.ts';
import { readSettingLayers } from '../../node/workspaceSettings.ts';
import { sessionReport } from '../../present/sessionReport.ts';
import { sessionText } from '../../present/sessionText.ts';
import { savedSession } from '../addressedSession.ts';
import { environmentNames } from '../environmentNames.ts';
import { exitCodes } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import { noPositionals } from '../noPositionals.ts';
import type { Output } from '../output.ts';
import type { CommandArguments } from '../parseCommandLine.ts';
import { profileProblems } from '../profileProblems.ts';
import { rootFolder } from '../rootFolder.ts';

export const sessionShow: Command = async (given, output) => {
  noPositionals(given);
  const { session } = await savedSession(given, output);
  const now = Date.now();
  const defaults = await defaultsOf(session, given, output);
  if (given.flag('json'))
    output.out(`${JSON.stringify(sessionReport(session, { now, mask: given.flag('mask'), defaults }))}\n`);
  else output.out(sessionText(session, defaults, now, output.style));
  return exitCodes.ok;
};

/** As a request of the root folder gets them: settings, environment files, and the session's own. */
async function defaultsOf(session: Session, given: CommandArguments, output: Output): Promise<readonly Provenance[]> {
  const root = rootFolder(given.text('root'), '.');
  const profiles = await readProfiles(root, undefined);
  for (const line of profileProblems(profiles)) output.error(line);
  const environment = environmentNames(given.text('env'));
  const { layers } = await readSettingLayers(root);
  return defaultsInForce({ session, profiles, environment, defaults: layers }, defaultSettings);
}
