import { writeFile } from 'node:fs/promises';
import type { CookieFormat } from '../../core/cookies/formats/readCookies.ts';
import type { CookieImport } from '../../core/cookies/formats/cookieImport.ts';
import { curlCookies } from '../../core/features/curlCookies.ts';
import { counted } from '../../present/timeWords.ts';
import { addressedSession, savedSession, saveSessions } from '../addressedSession.ts';
import { loadEngine } from '../bundles.ts';
import { exitCodes, strongestExitCode } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import type { CommandArguments } from '../parseCommandLine.ts';
import { readRequestFile } from '../readRequestFile.ts';
import { keepForUndo } from '../undoPoint.ts';
import { UsageError } from '../usageError.ts';
import { reasonOf } from '../../core/text/reasonOf.ts';

export const sessionExport: Command = async (given, output) => {
  const [file = '-', extra] = given.positionals;
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one file to write.`);
  const { cookieFileFormats, writeCookies } = loadEngine();
  const format = oneOf(cookieFileFormats, given.text('format')) ?? 'netscape';
  const { session } = await savedSession(given, output);
  const { text, leftOut } = writeCookies(session.jar.all(Date.now()), format);
  for (const { cookie, reason } of leftOut)
    output.error(`crumbtrail: The cookie ${cookie.name} is left out: ${reason}.\n`);
  if (file === '-') output.out(text);
  else await writePrivately(file, text);
  return exitCodes.ok;
};

export const sessionImport: Command = async (given, output) => {
  const [file, extra] = given.positionals;
  if (file === undefined) throw new UsageError('Name the file with the cookies, or "-" for standard input.');
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one file to read.`);
  const text = await readRequestFile(file);
  const { cookies, errors } = readFile(text, given);
  const { sessions, session } = await addressedSession(given, output);
  if (cookies.length > 0) await keepForUndo(sessions, session);
  const refused = cookies.flatMap((cookie) => {
    const put = session.jar.put(cookie);
    return put.ok ? [] : [`The cookie ${cookie.name} of ${cookie.domain} is refused: ${put.reason}`];
  });
  const taken = cookies.length - refused.length;
  if (taken > 0) session.touch();
  for (const { line, message } of errors)
    output.error(`crumbtrail: ${file}${line === undefined ? '' : `:${line}`}: ${message}\n`);
  for (const message of refused) output.error(`crumbtrail: ${message}\n`);
  const saved = await saveSessions(sessions, output);
  output.out(`Imported ${counted(taken, 'cookie')}.\n`);
  // A file of which nothing could be read was not what it was taken for.
  return strongestExitCode([saved, taken === 0 && errors.length > 0 ? exitCodes.usage : exitCodes.ok]);
};

function readFile(text: string, given: CommandArguments): CookieImport {
  const { cookieFormatOf, cookieFormats, needsUrl, readCookies } = loadEngine();
  const curl = curlCookies(text);
  if (curl) return readCookies(curl.header, 'cookie', Date.now(), given.text('url') ?? curl.url);
  const format: CookieFormat = oneOf(cookieFormats, given.text('format')) ?? cookieFormatOf(text);
  const url = given.text('url');
  if (needsUrl(format) && url === undefined) {
    throw new UsageError('A Cookie or Set-Cookie line does not say whose it is. Name the host with --url URL.');
  }
  return readCookies(text, format, Date.now(), url);
}

function oneOf<Format extends string>(formats: readonly Format[], text: string | undefined): Format | undefined {
  if (text === undefined) return undefined;
  const format = formats.find((each) => each === text);
  if (!format) throw new UsageError(`--format takes ${formats.join(', ')}, not "${text}".`);
  return format;
}

/** Cookies are credentials: nobody else may read the file. */
async function writePrivately(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
}
