import { hasHeader, type HeaderLine } from '../../core/http/headerList.ts';
import { looksSecret } from '../../core/http/secretName.ts';
import { changeDefaults, type DefaultChange } from '../../core/session/changeDefaults.ts';
import type { SessionDefaults } from '../../core/session/settings.ts';
import type { Session } from '../../core/session/session.ts';
import { counted } from '../../present/timeWords.ts';
import { addressedSession, savedSession, saveSessions } from '../addressedSession.ts';
import type { Command } from '../commands.ts';
import { noPositionals } from '../noPositionals.ts';
import type { CommandArguments } from '../parseCommandLine.ts';
import { keepForUndo } from '../undoPoint.ts';
import { UsageError } from '../usageError.ts';
import { variableAssignments } from '../variableAssignments.ts';

/** Never asks: a script has nobody to answer. */
export const sessionClear: Command = async (given, output) => {
  noPositionals(given);
  const { sessions, session } = await savedSession(given, output);
  const both = given.flag('cookies') === given.flag('variables');
  if (session.jar.all(Date.now()).length + session.variables().length > 0) await keepForUndo(sessions, session);
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
  const changes = [
    ...given.texts('default').map(readChange),
    ...given.texts('unset-default').map((name): DefaultChange => ({ name, value: undefined })),
  ];
  const asked = [...variables, ...headers, ...changes, ...given.texts('unset'), ...given.texts('unset-header')];
  if (asked.length === 0) {
    throw new UsageError('Say what to set: NAME=VALUE, --header, --default, or what to --unset.');
  }
  const { sessions, session } = await addressedSession(given, output);
  const defaults = withChanges(withHeaders(session.defaults, headers, given), changes, given.text('mount'));
  await keepForUndo(sessions, session);
  for (const name of given.texts('unset')) session.deleteVariable(name);
  for (const [name, value] of variables) setVariable(session, name, value);
  if (defaults !== session.defaults) session.setDefaults(defaults);
  return saveSessions(sessions, output);
};

function setVariable(session: Session, name: string, value: string): void {
  session.setVariable({ name, value, origin: 'set on the command line', secret: looksSecret(name), at: Date.now() });
}

type DefaultHeader = SessionDefaults['headers'][number];

/** A header that is set replaces the one of its name, in any spelling. */
function withHeaders(
  defaults: SessionDefaults,
  headers: readonly DefaultHeader[],
  given: CommandArguments,
): SessionDefaults {
  const gone: readonly HeaderLine[] = [...headers.map(([name]) => name), ...given.texts('unset-header')].map((name) => [
    name,
    '',
  ]);
  if (gone.length === 0) return defaults;
  return { ...defaults, headers: [...defaults.headers.filter(([name]) => !hasHeader(gone, name)), ...headers] };
}

/** Nothing is changed when one of the changes cannot be. */
function withChanges(
  defaults: SessionDefaults,
  changes: readonly DefaultChange[],
  mount: string | undefined,
): SessionDefaults {
  return changes.reduce((before, change) => {
    const { defaults: after, faults } = changeDefaults(before, change, mount);
    if (faults[0]) throw new UsageError(`--default ${change.name}: ${faults[0].message}`);
    return after;
  }, defaults);
}

/** `timeout=5000`; the name ends at the first equals sign. */
function readChange(text: string): DefaultChange {
  const [, name, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--default takes NAME=VALUE, not "${text}".`);
  return { name, value };
}

/** `Name: value`; without a value, the header is left out of requests that do not name it. */
function readHeader(text: string): DefaultHeader {
  const [, name, value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n\0]*)$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--header takes "NAME: VALUE", not "${text}".`);
  return value === '' ? [name, null] : [name, value.trimEnd()];
}
