import * as vscode from 'vscode';
import type { CookieFileFormat } from '../../core/cookies/formats/writeCookies.ts';
import type { CookieImport } from '../../core/cookies/formats/cookieImport.ts';
import { curlCookies } from '../../core/features/curlCookies.ts';
import type { Session } from '../../core/session/session.ts';
import { counted } from '../../present/timeWords.ts';
import type { Engine } from '../loadEngine.ts';
import type { SessionNode } from '../panels/sessionNodes.ts';
import type { Registration } from '../registration.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { changed, sessionOf } from './sessionCommands.ts';

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
export function registerCookieFileCommands(
  load: () => Engine,
  sessions: SessionHost,
  registration: Registration,
): void {
  registration.command('exportCookies', async (node?: SessionNode) =>
    exportCookies(load(), await sessionOf(sessions, node)),
  );
  registration.command('importCookies', async (node?: SessionNode) => {
    const session = await sessionOf(sessions, node);
    const read = await importedCookies(load());
    if (read) await takeIn(sessions, session, read);
  });
}

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
  const refused = cookies.flatMap((cookie) => {
    const put = session.jar.put(cookie);
    return put.ok ? [] : [{ message: put.reason }];
  });
  await changed(sessions, session);
  const read = vscode.l10n.t('{0} imported.', counted(cookies.length - refused.length, 'cookie'));
  const faults = [...errors, ...refused];
  if (faults.length === 0) return void (await vscode.window.showInformationMessage(read));
  const show = vscode.l10n.t('Show them');
  const answer = await vscode.window.showWarningMessage(
    `${read} ${vscode.l10n.t('{0} not read.', faults.length === 1 ? '1 entry' : `${faults.length} entries`)}`,
    show,
  );
  if (answer !== show) return;
  const lines = faults.map((fault) =>
    'line' in fault && fault.line !== undefined
      ? `${vscode.l10n.t('Line {0}', fault.line)}: ${fault.message}`
      : fault.message,
  );
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: `${lines.join('\n')}\n` }));
}
