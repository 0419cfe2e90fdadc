import * as vscode from 'vscode';
import type { EnvironmentProfiles, EnvironmentSource } from '../../core/variables/profile.ts';
import { mergeProfiles } from '../../core/variables/profiles.ts';
import { readEnvironmentSources } from '../../node/profileFiles.ts';
import type { Registration } from '../registration.ts';
import { readSettings } from '../settings.ts';
import type { Place } from './place.ts';

/** Environment profiles of each place, and which of them the user chose there. */
export class Environments {
  readonly #memory: vscode.Memento;
  readonly #cache = new Map<string, Promise<EnvironmentProfiles>>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento, registration: Registration) {
    this.#memory = memory;
    registration.own(this.#changed);
    const forget = () => this.#forget();
    for (const pattern of ['**/http-client*.env.json*', '**/.env*']) {
      const watcher = registration.own(vscode.workspace.createFileSystemWatcher(pattern));
      registration.own(watcher.onDidChange(forget));
      registration.own(watcher.onDidCreate(forget));
      registration.own(watcher.onDidDelete(forget));
    }
    registration.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('crumbtrail') || event.affectsConfiguration('rest-client')) forget();
      }),
    );
  }

  /** Profiles in sight of `place`, read again only after one of their files changed. */
  profiles(place: Place): Promise<EnvironmentProfiles> {
    const key = `${place.folder}\n${place.file.path ?? ''}`;
    const known = this.#cache.get(key) ?? this.#read(place);
    this.#cache.set(key, known);
    return known;
  }

  /** The chosen profile names of a folder, in order; empty for none. */
  selected(folder: string): readonly string[] {
    return this.#memory.get<string[]>(`environment:${folder}`, []);
  }

  async select(folder: string, names: readonly string[]): Promise<void> {
    await this.#memory.update(`environment:${folder}`, [...names]);
    this.#changed.fire();
  }

  #forget(): void {
    this.#cache.clear();
    this.#changed.fire();
  }

  async #read(place: Place): Promise<EnvironmentProfiles> {
    const settings = readSettings(place.file.path === undefined ? undefined : vscode.Uri.file(place.file.path));
    const fromSettings = [
      settingsSource('REST Client settings', settings.restClientEnvironmentVariables),
      settingsSource('crumbtrail.environmentVariables', settings.environmentVariables),
    ].filter((source) => source !== undefined);
    const files = place.file.root === '' ? [] : await readEnvironmentSources(place.file.root, place.file.path);
    return mergeProfiles([...fromSettings, ...files]);
  }
}

function settingsSource(path: string, value: Readonly<Record<string, unknown>>): EnvironmentSource | undefined {
  return Object.keys(value).length === 0 ? undefined : { path, kind: 'settings', text: JSON.stringify(value) };
}
