import { writeFile } from 'node:fs/promises';
import type { Cookie } from '../../core/cookies/cookie.ts';
import type { CookieExport, CookieImport } from '../../core/cookies/formats/cookieImport.ts';
import { counted } from '../../present/timeWords.ts';
import { addressedSession, saveSessions } from '../addressedSession.ts';
import { loadEngine } from '../bundles.ts';
import { exitCodes, strongestExitCode } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import { readRequestFile } from '../readRequestFile.ts';
import { UsageError } from '../usageError.ts';
import { reasonOf } from '../../core/text/reasonOf.ts';

const formats = ['netscape', 'jetbrains', 'json'] as const;
type Format = (typeof formats)[number];

export const sessionExport: Command = async (given, output) => {
  const [file = '-', extra] = given.positionals;
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one file to write.`);
  const format = readFormat(given.text('format')) ?? 'netscape';
  const { session } = await addressedSession(given, output);
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
  const { cookies, errors } = readCookies(text, readFormat(given.text('format')) ?? formatOf(text));
  const { sessions, session } = await addressedSession(given, output);
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

function readFormat(text: string | undefined): Format | undefined {
  if (text === undefined) return undefined;
  const format = formats.find((each) => each === text);
  if (!format) throw new UsageError(`--format takes ${formats.join(', ')}, not "${text}".`);
  return format;
}

/** JSON begins with a bracket; in a cookies.txt the second field is TRUE or FALSE. */
function formatOf(text: string): Format {
  if (/^\s*[[{]/.test(text)) return 'json';
  return /^(?!#(?!HttpOnly_))[^\t\r\n]*\t(?:TRUE|FALSE)\t/m.test(text) || /^# (?:Netscape )?HTTP Cookie/.test(text)
    ? 'netscape'
    : 'jetbrains';
}

function writeCookies(cookies: readonly Cookie[], format: Format): CookieExport {
  const engine = loadEngine();
  if (format === 'json') return { text: engine.exportCookieJson(cookies), leftOut: [] };
  return format === 'netscape' ? engine.exportNetscape(cookies) : engine.exportJetBrains(cookies);
}

function readCookies(text: string, format: Format): CookieImport {
  const engine = loadEngine();
  const readers = { json: engine.importCookieJson, netscape: engine.importNetscape, jetbrains: engine.importJetBrains };
  return readers[format](text, Date.now());
}

/** Cookies are credentials: nobody else may read the file. */
async function writePrivately(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
}
