import { hasHeader, type HeaderLine } from '../../core/http/headerList.ts';
import { looksSecret } from '../../core/http/secretName.ts';
import type { SessionDefaults } from '../../core/session/settings.ts';
import type { Session } from '../../core/session/session.ts';
import { counted } from '../../present/timeWords.ts';
import { addressedSession, saveSessions } from '../addressedSession.ts';
import type { Command } from '../main.ts';
import { noPositionals } from '../noPositionals.ts';
import type { CommandArguments } from '../parseCommandLine.ts';
import { UsageError } from '../usageError.ts';
import { variableAssignments } from '../variableAssignments.ts';

/** Never asks: a script has nobody to answer. */
export const sessionClear: Command = async (given, output) => {
  noPositionals(given);
  const { sessions, session } = await addressedSession(given, output);
  const both = given.flag('cookies') === given.flag('variables');
  const cookies = both || given.flag('cookies') ? session.jar.clear({}) : [];
  if (cookies.length > 0) session.touch();
  const variables = both || given.flag('variables') ? session.clearVariables() : [];
  const code = await saveSessions(sessions, output);
  output.out(`Cleared ${counted(cookies.length, 'cookie')} and ${counted(variables.length, 'variable')}.\n`);
  return code;
};

export const sessionSet: Command = async (given, output) => {
  const variables = variableAssignments(given.positionals, '"crumbtrail session set"');
  const headers = given.texts('header').map(readHeader);
  const asked = [...variables, ...headers, ...given.texts('unset'), ...given.texts('unset-header')];
  if (asked.length === 0) throw new UsageError('Say what to set: NAME=VALUE, --header, --unset or --unset-header.');
  const { sessions, session } = await addressedSession(given, output);
  for (const name of given.texts('unset')) session.deleteVariable(name);
  for (const [name, value] of variables) setVariable(session, name, value);
  const defaults = changedDefaults(session.defaults, headers, given);
  if (defaults) session.setDefaults(defaults);
  return saveSessions(sessions, output);
};

function setVariable(session: Session, name: string, value: string): void {
  session.setVariable({ name, value, origin: 'set on the command line', secret: looksSecret(name), at: Date.now() });
}

type DefaultHeader = SessionDefaults['headers'][number];

/** A header that is set replaces the one of its name, in any spelling. */
function changedDefaults(
  defaults: SessionDefaults,
  headers: readonly DefaultHeader[],
  given: CommandArguments,
): SessionDefaults | undefined {
  const gone: readonly HeaderLine[] = [...headers.map(([name]) => name), ...given.texts('unset-header')].map((name) => [
    name,
    '',
  ]);
  if (gone.length === 0) return undefined;
  return { ...defaults, headers: [...defaults.headers.filter(([name]) => !hasHeader(gone, name)), ...headers] };
}

/** `Name: value`; without a value, the header is left out of requests that do not name it. */
function readHeader(text: string): DefaultHeader {
  const [, name, value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n\0]*)$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--header takes "NAME: VALUE", not "${text}".`);
  return value === '' ? [name, null] : [name, value.trimEnd()];
}
