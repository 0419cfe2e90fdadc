import * as vscode from 'vscode';
import type { Registration } from '../registration.ts';
import { addressIn, type BlockAddress } from '../workspace/documents.ts';
import type { FrontDocument } from '../workspace/frontDocument.ts';
import type { Environments } from '../workspace/environments.ts';
import { noFolder, placeOf, workspacePlaces, type Place } from '../workspace/place.ts';

/** The environment picker: each profile with its sources; the choice holds for the workspace folder of the file. */
export function registerEnvironmentCommands(
  environments: Environments,
  front: FrontDocument,
  registration: Registration,
): void {
  registration.command('switchEnvironment', async (argument?: unknown) => {
    const place = await placeFor(front, addressIn(argument));
    if (place) await pick(environments, place);
  });
}

interface ProfilePick extends vscode.QuickPickItem {
  readonly names: readonly string[];
}

async function pick(environments: Environments, place: Place): Promise<void> {
  const { profiles } = await environments.profiles(place);
  const selected = environments.selected(place.folder);
  const isCurrent = (names: readonly string[]) => names.join() === selected.join();
  const choices: ProfilePick[] = [
    { label: vscode.l10n.t('No environment'), names: [], detail: vscode.l10n.t('$shared variables only') },
    ...profiles.map((profile) => ({
      label: profile.protected ? `$(warning) ${profile.name}` : profile.name,
      detail: profile.sources.map(shortPath).join(' · '),
      names: [profile.name],
    })),
  ];
  const shown = choices.map((choice) => ({
    ...choice,
    ...(isCurrent(choice.names) ? { description: vscode.l10n.t('current') } : {}),
  }));
  const chosen = await vscode.window.showQuickPick(shown, {
    title: vscode.l10n.t('Environment of {0}', place.label),
    placeHolder:
      profiles.length === 0
        ? vscode.l10n.t('No profiles yet: add http-client.env.json beside the file')
        : vscode.l10n.t('Variables, cookies and connections are kept apart for each environment'),
    matchOnDetail: true,
  });
  if (chosen) await environments.select(place.folder, chosen.names);
}

/** The file's folder; without a file the one folder there is, or the one the user picks. */
async function placeFor(front: FrontDocument, address: BlockAddress | undefined): Promise<Place | undefined> {
  if (address?.uri !== undefined)
    return placeOf(await vscode.workspace.openTextDocument(vscode.Uri.parse(address.uri)));
  const document = front.get();
  if (document) return placeOf(document);
  const places = workspacePlaces().map(({ folder, label, root }) => ({
    folder,
    label,
    file: { path: undefined, root, id: '' },
  }));
  if (places.length > 1) return vscode.window.showQuickPick(places, { title: vscode.l10n.t('Folder') });
  return (
    places[0] ?? { folder: noFolder, label: vscode.l10n.t('no folder'), file: { path: undefined, root: '', id: '' } }
  );
}

function shortPath(source: string): string {
  return vscode.workspace.asRelativePath(source);
}
