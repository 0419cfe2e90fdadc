import type { SendVerdict } from '../../core/cookies/cookie.ts';
import { sessionTitle } from '../../present/sessionText.ts';
import { whyText } from '../../present/whyText.ts';
import { savedSession } from '../addressedSession.ts';
import { exitCodes } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import { UsageError } from '../usageError.ts';

/** Each cookie of the session with the reason why it would go to a URL or not. No value is printed. */
export const sessionWhy: Command = async (given, output) => {
  const [text, extra] = given.positionals;
  if (text === undefined) throw new UsageError('Name the URL, for example "crumbtrail session why https://a.test/me".');
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one URL.`);
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || !/^(?:https?|wss?):$/.test(url.protocol)) throw new UsageError(`"${text}" is no http URL.`);
  const { session } = await savedSession(given, output);
  const now = Date.now();
  const verdicts = session.jar.explain(url.href, now);
  if (given.flag('json')) for (const verdict of verdicts) output.out(`${JSON.stringify(verdictReport(verdict))}\n`);
  else output.out(whyText({ about: url.href, session: sessionTitle(session.key), verdicts, now }));
  return exitCodes.ok;
};

function verdictReport({ cookie: { name, domain, path, hostOnly }, sent, reason, message }: SendVerdict): object {
  return { version: 1, name, domain, path, hostOnly, sent, ...(reason && { reason, message }) };
}
