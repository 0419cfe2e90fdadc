import * as vscode from 'vscode';
import { migratedSettings, settingsToWrite, type MigratedSetting } from '../../core/features/foreignSettings.ts';
import { isObject } from '../../core/text/jsonShape.ts';

const sections = ['rest-client', 'httpyac'];

/** Extensions that show lenses of their own above requests, and the settings that turn those off. */
const tools = [
  { id: 'humao.rest-client', name: 'REST Client', off: { 'rest-client.enableSendRequestCodeLens': false } },
  {
    id: 'anweber.vscode-httpyac',
    name: 'httpYac',
    off: { 'httpyac.codelens': { send: false, pickEnvironment: false } },
  },
] as const;

/** Shows what becomes of the settings of REST Client and httpYac here, and takes over those that can be when the user says so. */
export async function takeOverSettings(): Promise<void> {
  const migrated = migratedSettings(writtenSettings());
  if (migrated.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('No setting of REST Client or httpYac is written in your settings. There is nothing to take over.'),
    );
    return;
  }
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'markdown', content: migrationText(migrated) }),
    { preview: true },
  );
  const writable = migrated.filter(({ kind }) => kind === 'write');
  if (writable.length === 0) return;
  const takeOver = vscode.l10n.t('Take Over');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} of these settings can be taken over into yours. What you have set already stays.',
      writable.length,
    ),
    takeOver,
  );
  if (answer === takeOver) await write(settingsToWrite(writable));
}

/** Only what stands in the user's or the workspace's settings. */
function writtenSettings(): Readonly<Record<string, unknown>> {
  const written: Record<string, unknown> = {};
  for (const section of sections) {
    const all = vscode.workspace.getConfiguration(section);
    for (const key of Object.keys(vscode.workspace.getConfiguration().get<object>(section, {}))) {
      const found = all.inspect(key);
      const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
      if (value !== undefined) written[`${section}.${key}`] = value;
    }
  }
  return written;
}

function migrationText(migrated: readonly MigratedSetting[]): string {
  const rows = migrated.map(({ from, value, words }) => {
    const shown = JSON.stringify(value);
    return `| \`${from}\` | \`${(shown.length > 60 ? `${shown.slice(0, 59)}…` : shown).replaceAll('|', '\\|')}\` | ${words} |`;
  });
  return [
    `# ${vscode.l10n.t('Settings of REST Client and httpYac in Crumbtrail')}`,
    '',
    `| ${vscode.l10n.t('Setting')} | ${vscode.l10n.t('Value')} | ${vscode.l10n.t('In Crumbtrail')} |`,
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Into the user's settings. A value that is there wins; of objects, key by key. */
async function write(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const ours = vscode.workspace.getConfiguration('crumbtrail');
  for (const [id, value] of Object.entries(settings)) {
    const before = ours.inspect(id)?.globalValue;
    if (before !== undefined && !(isObject(before) && isObject(value))) continue;
    const merged = isObject(before) && isObject(value) ? { ...value, ...before } : value;
    await ours.update(id, merged, vscode.ConfigurationTarget.Global);
  }
}

const askedKey = 'lensOwnerAsked';

/** Where another tool shows lenses too, asks once whose should stand above requests. `memory` is that of all windows. */
export async function offerLensOwner(memory: vscode.Memento): Promise<void> {
  const others = tools.filter(({ id }) => vscode.extensions.getExtension(id) !== undefined);
  if (others.length === 0 || memory.get(askedKey) === true) return;
  await memory.update(askedKey, true);
  const names = others.map(({ name }) => name).join(', ');
  const [mine, theirs, both] = [vscode.l10n.t('Crumbtrail'), names, vscode.l10n.t('Both')];
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Requests have a Send from {0} too. Whose should stand there? The setting crumbtrail.lenses and those of {0} say it later.',
      names,
    ),
    mine,
    theirs,
    both,
  );
  const settings = vscode.workspace.getConfiguration();
  if (answer === theirs) await settings.update('crumbtrail.lenses', false, vscode.ConfigurationTarget.Global);
  if (answer !== mine) return;
  for (const [id, value] of others.flatMap(({ off }) => Object.entries(off))) {
    const before = settings.inspect(id)?.globalValue;
    const merged = isObject(before) && isObject(value) ? { ...before, ...value } : value;
    await settings.update(id, merged, vscode.ConfigurationTarget.Global);
  }
  await offerKeys(names);
}

/** VS Code chooses between extensions that bind the same keys, and lets nobody but the user change that. */
async function offerKeys(names: string): Promise<void> {
  const open = vscode.l10n.t('Keyboard Shortcuts');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The lenses of Crumbtrail stand alone now. {0} may still get Ctrl+Alt+R: remove its binding among the keyboard shortcuts to send with Crumbtrail.',
      names,
    ),
    open,
  );
  const key = process.platform === 'darwin' ? '"cmd+alt+r"' : '"ctrl+alt+r"';
  if (answer === open) await vscode.commands.executeCommand('workbench.action.openGlobalKeybindings', key);
}
