import * as vscode from 'vscode';
import type { Cookie } from '../../core/cookies/cookie.ts';
import type { CookieImport } from '../../core/cookies/formats/cookieImport.ts';
import { counted } from '../../present/timeWords.ts';
import type { Engine } from '../loadEngine.ts';
import type { SessionNode } from '../panels/sessionNodes.ts';
import type { Registration } from '../registration.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { changed, sessionOf } from './sessionCommands.ts';

interface CookieFormat extends vscode.QuickPickItem {
  readonly extension: string;
  read(text: string, now: number): CookieImport;
  write(cookies: readonly Cookie[]): { readonly text: string; readonly leftOut: number };
}

const formatsOf = (engine: Engine): readonly CookieFormat[] => [
  {
    label: 'Netscape cookies.txt',
    description: 'curl, wget, browsers',
    extension: 'txt',
    read: engine.importNetscape,
    write: (cookies) => counting(engine.exportNetscape(cookies)),
  },
  {
    label: 'JetBrains http-client.cookies',
    extension: 'cookies',
    read: engine.importJetBrains,
    write: (cookies) => counting(engine.exportJetBrains(cookies)),
  },
  {
    label: 'JSON',
    description: 'everything the session knows of a cookie',
    extension: 'json',
    read: engine.importCookieJson,
    write: (cookies) => ({ text: engine.exportCookieJson(cookies), leftOut: 0 }),
  },
];

/** Cookies from and to files; what a format cannot hold and lines that cannot be read are told with their number. */
export function registerCookieFileCommands(
  load: () => Engine,
  sessions: SessionHost,
  registration: Registration,
): void {
  const formats = (): readonly CookieFormat[] => formatsOf(load());
  registration.command('exportCookies', (node?: SessionNode) => exportCookies(formats(), sessions, node));
  registration.command('importCookies', (node?: SessionNode) => importCookies(formats(), sessions, node));
}

async function exportCookies(
  formats: readonly CookieFormat[],
  sessions: SessionHost,
  node: SessionNode | undefined,
): Promise<void> {
  const session = await sessionOf(sessions, node);
  const cookies = session.jar.all(Date.now());
  const format = await vscode.window.showQuickPick(formats, {
    title: vscode.l10n.t('Export {0} with their values', counted(cookies.length, 'cookie')),
    placeHolder: vscode.l10n.t('The file holds credentials: keep it out of version control'),
  });
  if (!format) return;
  const target = await vscode.window.showSaveDialog({ filters: { [format.label]: [format.extension] } });
  if (!target) return;
  const { text, leftOut } = format.write(cookies);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const left =
    leftOut === 0 ? '' : vscode.l10n.t(' {0} cannot be expressed in this format.', counted(leftOut, 'cookie'));
  await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} exported.', counted(cookies.length - leftOut, 'cookie')) + left,
  );
}

async function importCookies(
  formats: readonly CookieFormat[],
  sessions: SessionHost,
  node: SessionNode | undefined,
): Promise<void> {
  const session = await sessionOf(sessions, node);
  const format = await vscode.window.showQuickPick(formats, { title: vscode.l10n.t('Import cookies') });
  if (!format) return;
  const [source] = (await vscode.window.showOpenDialog({ canSelectMany: false })) ?? [];
  if (!source) return;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(source));
  const { cookies, errors } = format.read(text, Date.now());
  const refused = cookies.map((cookie) => session.jar.put(cookie)).filter(({ ok }) => !ok).length;
  await changed(sessions, session);
  const read = vscode.l10n.t('{0} imported.', counted(cookies.length - refused, 'cookie'));
  const [first] = errors;
  if (!first && refused === 0) return void (await vscode.window.showInformationMessage(read));
  const where = first?.line === undefined ? '' : vscode.l10n.t('Line {0}: ', first.line);
  await vscode.window.showWarningMessage(
    `${read} ${vscode.l10n.t('{0} not read.', counted(errors.length + refused, 'entry').replace('entrys', 'entries'))} ${where}${first?.message ?? ''}`,
  );
}

function counting(exported: { readonly text: string; readonly leftOut: readonly unknown[] }) {
  return { text: exported.text, leftOut: exported.leftOut.length };
}
