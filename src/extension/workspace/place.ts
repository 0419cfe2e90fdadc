import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RunFile } from '../../core/run/run.ts';

/** Where a document belongs: which folder's session it uses and which files it may read. */
export interface Place {
  /** URI of the workspace folder, or `no-folder`: the `folder` of a session key. */
  readonly folder: string;
  /** Name for people. */
  readonly label: string;
  readonly file: RunFile;
}

export const noFolder = 'no-folder';

/** URI of the workspace folder that a document is kept under, as `Place.folder`. */
export function folderOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder?.uri.scheme === 'file' && uri.scheme === 'file' ? folder.uri.toString() : noFolder;
}

export function placeOf(document: vscode.TextDocument): Place {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const filePath = document.uri.scheme === 'file' ? document.uri.fsPath : undefined;
  if (folder?.uri.scheme === 'file' && filePath !== undefined) {
    const root = folder.uri.fsPath;
    const id = path.relative(root, filePath).split(path.sep).join('/');
    return { folder: folder.uri.toString(), label: folder.name, file: { path: filePath, root, id } };
  }
  return {
    folder: noFolder,
    label: vscode.l10n.t('no folder'),
    // Outside every folder a file may read what stands beside it; an untitled document has nothing beside it.
    file: {
      path: filePath,
      root: filePath === undefined ? '' : path.dirname(filePath),
      id: filePath ?? document.uri.toString(),
    },
  };
}

/** Places of the workspace folders, for views that need no document. */
export function workspacePlaces(): readonly {
  readonly folder: string;
  readonly label: string;
  readonly root: string;
}[] {
  return (vscode.workspace.workspaceFolders ?? []).map((folder) => ({
    folder: folder.uri.toString(),
    label: folder.name,
    root: folder.uri.fsPath,
  }));
}
