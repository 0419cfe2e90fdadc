import { relative, sep } from 'node:path';
import type { OpenedFile } from '../core/run/run.ts';
import { parse } from '../core/syntax/parse.ts';
import { decodeText } from '../core/text/decode.ts';
import type { DefaultsLayer } from '../core/session/defaultsLayer.ts';
import type { EnvironmentProfiles } from '../core/variables/profile.ts';
import { nodeFiles } from '../node/files.ts';
import { readProfiles } from '../node/profileFiles.ts';
import { readSettingLayers } from '../node/workspaceSettings.ts';
import type { RequestFile } from './runFile.ts';

/** The request files of a run: those of the command line and those they import. Each is read once. */
export interface Surroundings {
  /** The file at an absolute path, as one of `root`; `undefined` when there is none. */
  open(path: string, root: string): Promise<OpenedFile | undefined>;
  /** The same file with the name that the user knows it by. */
  fileOf(opened: OpenedFile): RequestFile;
  profiles(file: RequestFile): Promise<EnvironmentProfiles>;
  /** Session defaults of the settings of a root folder. */
  defaults(root: string): Promise<readonly DefaultsLayer[]>;
}

export function createSurroundings(given: readonly RequestFile[]): Surroundings {
  const files = new Map(given.map((file) => [file.document, file]));
  const opened = new Map<string, Promise<OpenedFile | undefined>>();
  const profiles = new Map<RequestFile, Promise<EnvironmentProfiles>>();
  const defaults = new Map<string, Promise<readonly DefaultsLayer[]>>();
  return {
    open: (path, root) => {
      const known = given.find(({ place }) => place.path === path && place.root === root);
      if (known) return Promise.resolve({ document: known.document, file: known.place });
      const key = `${root}\0${path}`;
      const reading = opened.get(key) ?? openFile(path, root);
      opened.set(key, reading);
      return reading;
    },
    fileOf: ({ document, file }) => {
      const known = files.get(document) ?? { name: relative('.', file.path ?? file.id), document, place: file };
      files.set(document, known);
      return known;
    },
    profiles: (file) => {
      const reading = profiles.get(file) ?? readProfiles(file.place.root, file.place.path);
      profiles.set(file, reading);
      return reading;
    },
    defaults: (root) => {
      const reading = defaults.get(root) ?? readSettingLayers(root).then(({ layers }) => layers);
      defaults.set(root, reading);
      return reading;
    },
  };
}

async function openFile(path: string, root: string): Promise<OpenedFile | undefined> {
  const bytes = await nodeFiles().read(path);
  if (!bytes) return undefined;
  return {
    document: parse(decodeText(bytes).text),
    file: { path, root, id: relative(root, path).split(sep).join('/') },
  };
}
