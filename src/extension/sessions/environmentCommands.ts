import { applyEdits, modify, parseTree, findNodeAtLocation } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { EnvironmentProfiles, Profile } from '../../core/variables/profile.ts';
import { addressIn, type BlockAddress } from '../workspace/documents.ts';
import type { Environments } from '../workspace/environments.ts';
import type { FrontDocument } from '../workspace/frontDocument.ts';
import { noFolder, placeOf, workspacePlaces, type Place } from '../workspace/place.ts';
import type { SessionParts } from './sessionParts.ts';

/** The environment picker: each profile with its sources; the choice holds for the workspace folder of the file. */
export const environmentCommands = ({ environments, front }: SessionParts) => ({
  switchEnvironment: async (argument?: unknown) => {
    const place = await placeFor(front, addressIn(argument));
    if (place) await pick(environments, place);
  },
  newEnvironment: async () => {
    const place = await placeFor(front, undefined);
    if (place) await newEnvironment(environments, place);
  },
});

interface ProfilePick extends vscode.QuickPickItem {
  readonly names?: readonly string[];
  readonly profile?: Profile;
  readonly action?: 'combine' | 'new';
}

async function pick(environments: Environments, place: Place): Promise<void> {
  const read = await environments.profiles(place);
  const chosen = await chooseProfile(environments, place, read);
  if (!chosen) return;
  if (chosen === 'new') return newEnvironment(environments, place);
  const names = chosen === 'combine' ? await combined(place, read) : chosen;
  if (names) await environments.select(place.folder, names);
}

/** One choice, or one of the two ways on; the button of a row opens the file that its profile comes from. */
function chooseProfile(
  environments: Environments,
  place: Place,
  read: EnvironmentProfiles,
): Promise<readonly string[] | 'combine' | 'new' | undefined> {
  const box = vscode.window.createQuickPick<ProfilePick>();
  box.title = vscode.l10n.t('Environment of {0}', place.label);
  box.placeholder =
    read.profiles.length === 0
      ? vscode.l10n.t('No profiles yet: add http-client.env.json beside the file')
      : vscode.l10n.t('Variables, cookies and connections are kept apart for each environment');
  box.matchOnDetail = true;
  box.items = picks(environments.selected(place.folder), read);
  return new Promise((resolve) => {
    const end = (result: readonly string[] | 'combine' | 'new' | undefined) => {
      resolve(result);
      box.hide();
    };
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      if (item) end(item.action ?? item.names);
    });
    box.onDidTriggerItemButton(({ item }) => {
      end(undefined);
      if (item.profile) void openSource(item.profile);
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function picks(selected: readonly string[], { profiles, names }: EnvironmentProfiles): ProfilePick[] {
  const edit = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Edit this environment') };
  const isCurrent = (choice: readonly string[]) => choice.join() === selected.join();
  const gone = selected.filter((name) => !names.includes(name));
  const choices: ProfilePick[] = [
    { label: vscode.l10n.t('No environment'), names: [], detail: vscode.l10n.t('$shared variables only') },
    ...profiles.map((profile) => ({
      label: profile.protected ? `$(warning) ${profile.name}` : profile.name,
      detail: profile.sources.map((source) => vscode.workspace.asRelativePath(source)).join(' · '),
      names: [profile.name],
      profile,
      buttons: [edit],
    })),
    ...(selected.length > 1
      ? [{ label: selected.join(' + '), names: selected, detail: vscode.l10n.t('base and overlays') }]
      : []),
    ...gone.map((name) => ({
      label: `$(error) ${name}`,
      names: [name],
      detail: vscode.l10n.t('No file has this environment any more'),
    })),
  ];
  return [
    ...choices.map((choice) =>
      isCurrent(choice.names ?? []) ? { ...choice, description: vscode.l10n.t('current') } : choice,
    ),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...(profiles.length > 1
      ? [{ label: vscode.l10n.t('$(layers) Combine several…'), action: 'combine' as const, alwaysShow: true }]
      : []),
    { label: vscode.l10n.t('$(add) New environment…'), action: 'new', alwaysShow: true },
  ];
}

/** A base first, then what lies over it: asked one after the other, because the order counts. */
async function combined(place: Place, { names }: EnvironmentProfiles): Promise<readonly string[] | undefined> {
  const chosen: string[] = [];
  const done = vscode.l10n.t('$(check) Done');
  for (;;) {
    const left = names.filter((name) => !chosen.includes(name));
    if (left.length === 0) return chosen;
    const answer = await vscode.window.showQuickPick([...(chosen.length > 1 ? [done] : []), ...left], {
      title:
        chosen.length === 0
          ? vscode.l10n.t('Base environment of {0}', place.label)
          : vscode.l10n.t('Over {0}', chosen.join(' + ')),
      placeHolder: vscode.l10n.t('What a later one says counts'),
    });
    if (answer === undefined) return undefined;
    if (answer === done) return chosen;
    chosen.push(answer);
  }
}

async function openSource({ name, sources }: Profile): Promise<void> {
  const files = sources.filter((source) => /\.(?:json|user)$|(?:^|[\\/])\.?[^\\/]*env[^\\/]*$/.test(source));
  const source =
    files.length > 1
      ? await vscode.window.showQuickPick(
          files.map((file) => ({ label: vscode.workspace.asRelativePath(file), file })),
          { title: vscode.l10n.t('Edit {0} in', name) },
        )
      : files[0] && { file: files[0] };
  if (!source) return void (await vscode.commands.executeCommand('workbench.action.openSettings', 'crumbtrail.env'));
  const document = await vscode.workspace.openTextDocument(source.file);
  await showProfile(document, name);
}

async function showProfile(document: vscode.TextDocument, name: string): Promise<void> {
  const tree = parseTree(document.getText());
  const place = tree && findNodeAtLocation(tree, [name]);
  const position = document.positionAt(place?.offset ?? 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}

/** Writes an empty environment into the public file of the folder, and opens it there. */
async function newEnvironment(environments: Environments, place: Place): Promise<void> {
  if (place.file.root === '') {
    throw new Error(vscode.l10n.t('Open a folder first: environments are kept in a file http-client.env.json of it.'));
  }
  const { names } = await environments.profiles(place);
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New environment'),
    prompt: vscode.l10n.t('A name, for example dev. It is written into http-client.env.json.'),
    validateInput: (text) => {
      if (!/^[^$,\s][^,]*$/.test(text.trim()))
        return vscode.l10n.t('Write a name without commas that does not begin with $.');
      return names.includes(text.trim()) ? vscode.l10n.t('There is an environment of this name already.') : undefined;
    },
  });
  if (name === undefined) return;
  const uri = vscode.Uri.joinPath(vscode.Uri.file(place.file.root), 'http-client.env.json');
  const text = await vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '{}',
  );
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  const host = { host: 'http://localhost:8080' };
  const next = applyEdits(text, modify(text, [name.trim()], host, { formattingOptions }));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(next));
  await environments.select(place.folder, [name.trim()]);
  await showProfile(await vscode.workspace.openTextDocument(uri), name.trim());
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
