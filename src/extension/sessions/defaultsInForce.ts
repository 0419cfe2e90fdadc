import * as vscode from 'vscode';
import { defaultsInForce } from '../../core/run/runDefaults.ts';
import type { Provenance } from '../../core/session/provenance.ts';
import type { Session } from '../../core/session/session.ts';
import { environmentOfKey } from '../../core/session/sessionKey.ts';
import { readSettings } from '../settings.ts';
import type { Environments } from '../workspace/environments.ts';
import { noFolder, type Place } from '../workspace/place.ts';

/** Every default that requests of a session are merged with, as a request file of its folder gets them, and who said it. */
export async function sessionDefaults(session: Session, environments: Environments): Promise<readonly Provenance[]> {
  const { folder } = session.key;
  const uri = folder === noFolder ? undefined : vscode.Uri.parse(folder);
  const place: Place = {
    folder,
    label: '',
    file: { path: undefined, root: uri?.scheme === 'file' ? uri.fsPath : '', id: '' },
  };
  const { send, defaults } = readSettings(uri);
  const profiles = await environments.profiles(place);
  return defaultsInForce({ session, profiles, environment: environmentOfKey(session.key), defaults }, send);
}
