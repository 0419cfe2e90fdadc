import * as vscode from 'vscode';
import type { CookieFileFormat } from '../../core/cookies/formats/writeCookies.ts';
import type { CookieImport } from '../../core/cookies/formats/cookieImport.ts';
import { curlCookies } from '../../core/features/curlCookies.ts';
import type { Session } from '../../core/session/session.ts';
import { counted } from '../../present/timeWords.ts';
import type { Engine } from '../loadEngine.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import type { SessionNode } from './sessionNodes.ts';
import { sessionOf, undoable } from './sessionOf.ts';
import type { SessionParts } from './sessionParts.ts';

interface FormatPick extends vscode.QuickPickItem {
  readonly format: CookieFileFormat;
  readonly extension: string;
}

const formats: readonly FormatPick[] = [
  { label: 'Netscape cookies.txt', description: 'curl, wget, browsers', format: 'netscape', extension: 'txt' },
  { label: 'JetBrains http-client.cookies', format: 'jetbrains', extension: 'cookies' },
  { label: 'JSON', description: 'everything the session knows of a cookie', format: 'json', extension: 'json' },
  { label: 'tough-cookie JSON', description: 'JavaScript clients', format: 'tough', extension: 'json' },
  { label: 'HTTP archive (HAR)', description: 'browsers and other tools', format: 'har', extension: 'har' },
];

/** Cookies from and to files and the clipboard; what a format cannot hold and lines that cannot be read are told with their number. */
export const cookieFileCommands = ({ engine, sessions }: SessionParts) => ({
  exportCookies: async (node?: SessionNode) => exportCookies(engine(), await sessionOf(sessions, node)),
  importCookies: async (node?: SessionNode) => {
    const session = await sessionOf(sessions, node);
    const read = await importedCookies(engine());
    if (read) await takeIn(sessions, session, read);
  },
});

async function exportCookies(engine: Engine, session: Session): Promise<void> {
  const cookies = session.jar.all(Date.now());
  const chosen = await vscode.window.showQuickPick(formats, {
    title: vscode.l10n.t('Export {0} with their values', counted(cookies.length, 'cookie')),
    placeHolder: vscode.l10n.t('The file holds credentials: keep it out of version control'),
  });
  if (!chosen) return;
  const target = await vscode.window.showSaveDialog({ filters: { [chosen.label]: [chosen.extension] } });
  if (!target) return;
  const { text, leftOut } = engine.writeCookies(cookies, chosen.format);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const left =
    leftOut.length === 0
      ? ''
      : vscode.l10n.t(' {0} cannot be expressed in this format.', counted(leftOut.length, 'cookie'));
  await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} exported.', counted(cookies.length - leftOut.length, 'cookie')) + left,
  );
}

/** From a file or the clipboard; the form is seen from the text. */
async function importedCookies(engine: Engine): Promise<CookieImport | undefined> {
  const fromFile = {
    label: vscode.l10n.t('From a file…'),
    detail: vscode.l10n.t('Netscape cookies.txt, JetBrains, JSON, tough-cookie JSON, HTTP archive (HAR)'),
  };
  const fromClipboard = {
    label: vscode.l10n.t('From the clipboard'),
    detail: vscode.l10n.t('One of these, a Cookie or Set-Cookie line, or a curl command'),
  };
  const chosen = await vscode.window.showQuickPick([fromFile, fromClipboard], {
    title: vscode.l10n.t('Import cookies'),
  });
  if (!chosen) return undefined;
  if (chosen === fromClipboard) return readText(engine, await vscode.env.clipboard.readText());
  const [source] = (await vscode.window.showOpenDialog({ canSelectMany: false })) ?? [];
  return source && readText(engine, new TextDecoder().decode(await vscode.workspace.fs.readFile(source)));
}

async function readText(engine: Engine, text: string): Promise<CookieImport | undefined> {
  const now = Date.now();
  const curl = curlCookies(text);
  if (curl) return engine.readCookies(curl.header, 'cookie', now, curl.url);
  const format = engine.cookieFormatOf(text);
  if (!engine.needsUrl(format)) return engine.readCookies(text, format, now);
  const url = await askUrl(
    vscode.l10n.t('Whose cookies are these?'),
    vscode.l10n.t('The line does not say it. Write the URL that they go to.'),
  );
  return url === undefined ? undefined : engine.readCookies(text, format, now, url);
}

/** A URL that somebody types; http is meant where no scheme stands. */
export async function askUrl(title: string, prompt: string, value = 'https://'): Promise<string | undefined> {
  const complete = (text: string) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^https?:$/.test(URL.parse(complete(text.trim()))?.protocol ?? '')
        ? undefined
        : vscode.l10n.t('Write a URL, for example https://api.example.com/me.'),
  });
  return typed === undefined ? undefined : complete(typed.trim());
}

async function takeIn(sessions: SessionHost, session: Session, { cookies, errors }: CookieImport): Promise<void> {
  const taken = cookies.length;
  const read = vscode.l10n.t('{0} imported.', counted(taken, 'cookie'));
  // What a reader gives has passed the checks of the jar.
  const put = () => cookies.forEach((cookie) => session.jar.put(cookie));
  if (errors.length === 0) return undoable({ sessions }, session, read, put);
  await sessions.changes.track(session, read.replace(/\.$/, ''), put);
  await sessions.flush();
  const show = vscode.l10n.t('Show Them');
  const notRead = vscode.l10n.t('{0} not read.', errors.length === 1 ? '1 entry' : `${errors.length} entries`);
  if ((await vscode.window.showWarningMessage(`${read} ${notRead}`, show)) !== show) return;
  const lines = errors.map(({ line, message }) =>
    line === undefined ? message : `${vscode.l10n.t('Line {0}', line)}: ${message}`,
  );
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: `${lines.join('\n')}\n` }));
}
