import * as vscode from 'vscode';
import { environmentProfiles } from '../../core/run/environmentProfiles.ts';
import { isReadable } from '../../core/variables/profiles.ts';
import type { EnvironmentProfiles, EnvironmentSource } from '../../core/variables/profile.ts';
import { readEnvironmentSources } from '../../node/profileFiles.ts';
import type { Registration } from '../registration.ts';
import { readSettings } from '../settings.ts';
import type { Place } from './place.ts';

/** Every file that profiles are read from. */
const environmentFilePattern = '**/{http-client*.env.json*,rest-client*.env.json,.httpyac.json,.env,.env.*,*.env}';

/** Environment profiles of each place, and which of them the user chose there. */
export class Environments {
  readonly #memory: vscode.Memento;
  readonly #reading = new Map<string, Promise<EnvironmentProfiles>>();
  readonly #known = new Map<string, EnvironmentProfiles>();
  /** What each file said when it last could be read, so that a half-written one changes nothing. */
  readonly #lastGood = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento, registration: Registration) {
    this.#memory = memory;
    registration.own(this.#changed);
    const forget = () => this.#forget();
    const watcher = registration.own(vscode.workspace.createFileSystemWatcher(environmentFilePattern));
    registration.own(watcher.onDidChange(forget));
    registration.own(watcher.onDidCreate(forget));
    registration.own(watcher.onDidDelete(forget));
    registration.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('crumbtrail') || event.affectsConfiguration('rest-client')) forget();
      }),
    );
  }

  /** Profiles in sight of `place`, read again only after one of their files changed. */
  profiles(place: Place): Promise<EnvironmentProfiles> {
    const key = cacheKey(place);
    const reading = this.#reading.get(key) ?? this.#begin(key, place);
    this.#reading.set(key, reading);
    return reading;
  }

  /** The profiles as last read; when that is not done yet, `onDidChange` tells when it is. For what must answer at once, such as lenses. */
  known(place: Place): EnvironmentProfiles | undefined {
    void this.profiles(place);
    return this.#known.get(cacheKey(place));
  }

  /** The chosen profile names of a folder, in order; empty for none. */
  selected(folder: string): readonly string[] {
    return this.#memory.get<string[]>(`environment:${folder}`, []);
  }

  async select(folder: string, names: readonly string[]): Promise<void> {
    await this.#memory.update(`environment:${folder}`, [...names]);
    this.#changed.fire();
  }

  /** What was known stays until it is read anew, so that lenses and the status bar do not flicker. */
  #forget(): void {
    this.#reading.clear();
    this.#changed.fire();
  }

  async #begin(key: string, place: Place): Promise<EnvironmentProfiles> {
    const profiles = await readProfiles(place, this.#lastGood);
    const isNews = JSON.stringify(this.#known.get(key)) !== JSON.stringify(profiles);
    this.#known.set(key, profiles);
    if (isNews) this.#changed.fire();
    return profiles;
  }
}

function cacheKey(place: Place): string {
  return `${place.folder}\n${place.file.path ?? ''}`;
}

/** Settings come from VS Code, which knows those of the user too; the workspace's own file of settings is left to it. */
async function readProfiles(place: Place, lastGood: Map<string, string>): Promise<EnvironmentProfiles> {
  const settings = readSettings(place.file.path === undefined ? undefined : vscode.Uri.file(place.file.path));
  const fromSettings: EnvironmentSource = {
    path: vscode.l10n.t('settings'),
    kind: 'settings',
    text: JSON.stringify({
      'rest-client.environmentVariables': settings.restClientEnvironmentVariables,
      'crumbtrail.environmentVariables': settings.environmentVariables,
    }),
  };
  const files = place.file.root === '' ? [] : await readEnvironmentSources(place.file.root, place.file.path);
  return environmentProfiles([
    fromSettings,
    ...files.filter(({ kind }) => kind !== 'settings').map((source) => withLastGood(source, lastGood)),
  ]);
}

function withLastGood(source: EnvironmentSource, lastGood: Map<string, string>): EnvironmentSource {
  if (source.kind === 'dotenv') return source;
  if (isReadable(source.text)) {
    lastGood.set(source.path, source.text);
    return source;
  }
  const text = lastGood.get(source.path);
  return text === undefined ? source : { ...source, lastGood: text };
}
