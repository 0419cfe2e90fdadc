import * as vscode from 'vscode';
import { noSurroundings } from '../../core/features/surroundings.ts';
import type { EnvironmentSource } from '../../core/variables/profile.ts';
import { mergeProfiles } from '../../core/variables/profiles.ts';
import type { Registration } from '../registration.ts';
import type { Documents } from '../workspace/documents.ts';
import type { LanguageHost } from './languageHost.ts';

const environmentPattern = '{**/http-client*.env.json*,**/rest-client*.env.json,**/.env}';

/** What a browser knows for the language features: the texts of the workspace, its environment files among them. No session. */
export function createBrowserHost(documents: Documents, registration: Registration): LanguageHost {
  const changed = registration.own(new vscode.EventEmitter<void>());
  const watcher = registration.own(vscode.workspace.createFileSystemWatcher(environmentPattern));
  for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
    registration.own(event(() => changed.fire()));
  }
  return {
    parse: (document) => documents.parse(document),
    surroundings: async (document) => ({
      ...noSurroundings,
      path: document.uri.path,
      profiles: mergeProfiles(await sourcesFor(document)),
    }),
    environmentFiles: sourcesFor,
    isTracked: () => Promise.resolve(false),
    previews: undefined,
    onDidChange: changed.event,
  };
}

/** Environment files in the folders above a document, the outermost first (C22). */
async function sourcesFor({ uri }: vscode.TextDocument): Promise<readonly EnvironmentSource[]> {
  const found = await vscode.workspace.findFiles(environmentPattern, '**/node_modules/**', 200);
  const above = found.filter((file) => uri.path.startsWith(file.path.slice(0, file.path.lastIndexOf('/') + 1)));
  const read = above
    .toSorted((a, b) => a.path.length - b.path.length)
    .map(async (file): Promise<EnvironmentSource | undefined> => {
      try {
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
        return { path: file.path, kind: kindOf(file.path), text };
      } catch {
        // It went away between being found and being read.
        return undefined;
      }
    });
  return (await Promise.all(read)).filter((source) => source !== undefined);
}

function kindOf(path: string): EnvironmentSource['kind'] {
  if (path.endsWith('.env')) return 'dotenv';
  if (path.endsWith('.user')) return 'user';
  return path.includes('.private.') ? 'private' : 'public';
}
