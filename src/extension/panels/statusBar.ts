import * as vscode from 'vscode';
import { counted } from '../../present/timeWords.ts';
import { profileColor } from '../profileColor.ts';
import type { Registration } from '../registration.ts';
import type { Environments } from '../workspace/environments.ts';
import type { FrontDocument } from '../workspace/frontDocument.ts';
import { placeOf, type Place } from '../workspace/place.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';

export interface StatusBarParts {
  readonly front: FrontDocument;
  readonly environments: Environments;
  readonly sessions: SessionHost;
}

export function registerStatusBar(parts: StatusBarParts, registration: Registration): void {
  new StatusBar(parts, registration).draw();
}

/** The environment and the session of the file in front, always in sight while a request file is. */
class StatusBar {
  readonly #environment: vscode.StatusBarItem;
  readonly #session: vscode.StatusBarItem;
  readonly #environments: Environments;
  readonly #sessions: SessionHost;
  readonly #front: FrontDocument;

  constructor({ front, environments, sessions }: StatusBarParts, registration: Registration) {
    this.#front = front;
    this.#environments = environments;
    this.#sessions = sessions;
    this.#environment = this.#item(registration, 'environment', 'switchEnvironment', 101);
    this.#environment.name = vscode.l10n.t('Crumbtrail environment');
    this.#session = this.#item(registration, 'session', 'switchSession', 100);
    this.#session.name = vscode.l10n.t('Crumbtrail session');
    registration.own(front.onDidChange(() => this.draw()));
    registration.own(environments.onDidChange(() => this.draw()));
    registration.own(sessions.onDidChange(() => this.draw()));
  }

  #item(registration: Registration, id: string, command: string, priority: number): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem(`crumbtrail.${id}`, vscode.StatusBarAlignment.Left, priority);
    item.command = `crumbtrail.${command}`;
    return registration.own(item);
  }

  draw(): void {
    const document = this.#front.get();
    if (!document) {
      this.#environment.hide();
      this.#session.hide();
      return;
    }
    const place = placeOf(document);
    this.#drawEnvironment(place);
    this.#drawSession(place);
    this.#environment.show();
    this.#session.show();
  }

  /** The number of cookies is told when the session is open anyway: the status bar loads nothing. */
  #drawSession({ folder, label }: Place): void {
    const name = this.#sessions.activeName(folder);
    const session = this.#sessions.opened(this.#sessions.activeKey(folder));
    const cookies = session && counted(session.jar.all(Date.now()).length, 'cookie');
    const suffix = cookies === undefined ? '' : ` · ${cookies}`;
    this.#session.text = `$(account) ${name}${suffix}`;
    this.#session.tooltip = vscode.l10n.t('Session of {0}. Click to switch.', label);
    this.#session.accessibilityInformation = {
      label: vscode.l10n.t('Session: {0}', cookies === undefined ? name : `${name}, ${cookies}`),
      role: 'button',
    };
  }

  #drawEnvironment(place: Place): void {
    const selected = this.#environments.selected(place.folder);
    const known = this.#environments.known(place);
    const profiles = known?.profiles ?? [];
    const guarded = profiles.some((profile) => profile.protected && selected.includes(profile.name));
    const gone = known ? selected.filter((name) => !known.names.includes(name)) : [];
    const name = selected.length === 0 ? vscode.l10n.t('no environment') : selected.join(' + ');
    this.#environment.text = `${gone.length > 0 ? '$(error)' : guarded ? '$(warning)' : '$(globe)'} ${name}`;
    this.#environment.tooltip =
      gone.length > 0
        ? vscode.l10n.t('No file has the environment {0} any more. Click to choose another.', gone.join(', '))
        : vscode.l10n.t('Environment of {0}. Click to switch.', place.label);
    this.#environment.accessibilityInformation = {
      label: vscode.l10n.t('Environment: {0}', gone.length > 0 ? `${name}, ${vscode.l10n.t('not there')}` : name),
      role: 'button',
    };
    this.#environment.color = guarded ? undefined : profileColor(profiles, selected);
    this.#environment.backgroundColor =
      gone.length > 0
        ? new vscode.ThemeColor('statusBarItem.errorBackground')
        : guarded
          ? new vscode.ThemeColor('statusBarItem.warningBackground')
          : undefined;
  }
}
