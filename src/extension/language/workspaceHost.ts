import * as vscode from 'vscode';
import type { EnvironmentFile } from '../../core/features/environmentNames.ts';
import type { Surroundings } from '../../core/features/surroundings.ts';
import type { RequestBlock } from '../../core/syntax/ast.ts';
import { requestBlocks } from '../../core/syntax/query.ts';
import { GitIndexes } from '../../node/gitIndex.ts';
import { readEnvironmentSources } from '../../node/profileFiles.ts';
import { createMask } from '../../present/mask.ts';
import { loadPresent, type Engine } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';
import type { Documents } from '../workspace/documents.ts';
import type { Environments } from '../workspace/environments.ts';
import { placeOf } from '../workspace/place.ts';
import type { Previews } from '../workspace/previews.ts';
import type { Sender } from '../workspace/sender.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { isLong } from '../workspace/visibleBlocks.ts';
import type { LanguageHost } from './languageHost.ts';

export interface WorkspaceHostParts {
  readonly engine: () => Engine;
  readonly documents: Documents;
  readonly environments: Environments;
  readonly sessions: SessionHost;
  readonly previews: Previews;
  readonly sender: Sender;
}

/** What the desktop's extension knows for the language features: environments, the session, previews of what would be sent. */
export function createWorkspaceHost(parts: WorkspaceHostParts, registration: Registration): LanguageHost {
  const { documents, engine, previews, sender } = parts;
  const changed = registration.own(new vscode.EventEmitter<void>());
  const git = new GitIndexes();
  const change = () => {
    previews.outdated();
    changed.fire();
  };
  registration.own(parts.environments.onDidChange(change));
  registration.own(parts.sessions.onDidChange(change));
  return {
    parse: (document) => documents.parse(document),
    surroundings: (document) => surroundings(parts, document),
    environmentFiles,
    isTracked: ({ scheme, fsPath }) => (scheme === 'file' ? git.tracks(fsPath) : Promise.resolve(false)),
    onDidChange: changed.event,
    previews: {
      problems: (document, tree) => previews.problems(document, tree),
      dependOnSight: isLong,
      outdated: () => previews.outdated(),
      text: async (document, tree, block) => {
        const preview = await previews.preview(document, tree, block);
        return loadPresent().previewText(preview, tree.lines, createMask(preview.secrets));
      },
      value: async (document, tree, block, expression) =>
        engine().previewValue(
          { ...(await sender.input(document, tree, block)), signal: new AbortController().signal },
          expression,
        ),
    },
  };
}

async function surroundings(parts: WorkspaceHostParts, document: vscode.TextDocument): Promise<Surroundings> {
  const tree = parts.documents.parse(document);
  const [block] = requestBlocks(tree);
  const place = placeOf(document);
  const session = await parts.sessions.open(parts.sessions.activeKey(place.folder));
  const imported = await importsOf(parts, document, block);
  const files = [place.file.id, ...imported.map(({ file }) => file.id)];
  return {
    path: place.file.path,
    imported,
    profiles: await parts.environments.profiles(place),
    environment: parts.environments.selected(place.folder),
    variablePrecedence: variablePrecedence(document.uri),
    httpYac: await usesHttpYac(),
    sessionVariables: session.variables(),
    cookies: session.jar.all(Date.now()),
    recorded: (id) => files.map((file) => session.recorded(file, id)).find((recorded) => recorded !== undefined),
  };
}

/** Imports hold for the file as a whole: any of its blocks opens the same ones. */
async function importsOf(
  { documents, engine, sender }: WorkspaceHostParts,
  document: vscode.TextDocument,
  block: RequestBlock | undefined,
): Promise<Surroundings['imported']> {
  const tree = documents.parse(document);
  const hasImports = tree.blocks.some(
    (each) => each.imports.length > 0 || each.tags.some(({ name }) => name === 'import'),
  );
  if (!block || !hasImports) return [];
  const input = await sender.input(document, tree, block);
  return (await engine().loadImports(input, input.ports)).files;
}

function variablePrecedence(uri: vscode.Uri): 'file' | 'environment' {
  return vscode.workspace.getConfiguration('crumbtrail', uri).get('variablePrecedence', 'file');
}

/** Environment files in sight, as editors have them, else as they are on disk. */
async function environmentFiles(document: vscode.TextDocument): Promise<readonly EnvironmentFile[]> {
  const { file } = placeOf(document);
  if (file.root === '') return [];
  const sources = await readEnvironmentSources(file.root, file.path);
  return sources
    .filter(({ kind }) => kind !== 'settings')
    .map(({ path, text }) => {
      const open = vscode.workspace.textDocuments.find(
        (each) => each.uri.scheme === 'file' && each.uri.fsPath === path,
      );
      // An editor shows a file without its byte order mark.
      return { path, text: open?.getText() ?? text.replace(/^\uFEFF/, '') };
    });
}

/** httpYac's own files at the top of a folder: its users mean milliseconds with `$timestamp` (C4). */
async function usesHttpYac(): Promise<boolean> {
  const found = await vscode.workspace.findFiles('{.httpyac*,httpyac.config.*}', undefined, 1);
  return found.length > 0;
}
