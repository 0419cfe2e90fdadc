import * as vscode from 'vscode';
import { sessionCommandIds, sessionViewId } from '../contributions.ts';
import { loadSessions } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';
import type { SessionFeatureParts, SessionFeatures, SessionNode } from './sessionFeatures.ts';

/** The session view and its commands, whose code is read when the view is shown or the first of the commands is run. */
export function startSessions(parts: SessionFeatureParts, registration: Registration): void {
  const changed = registration.own(new vscode.EventEmitter<SessionNode | SessionNode[] | undefined>());
  let features: SessionFeatures | undefined;
  const load = (): SessionFeatures =>
    (features ??= loadSessions().createSessionFeatures(parts, view, (nodes) => changed.fire(nodes), registration));
  const view: vscode.TreeView<SessionNode> = registration.own(
    vscode.window.createTreeView(sessionViewId, {
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getChildren: (node) => load().children(node),
        getTreeItem: (node) => load().item(node),
        getParent: (node) => load().parent(node),
      },
    }),
  );
  for (const id of sessionCommandIds) {
    registration.command(id, (...args: never[]) => load().commands[id](...args));
  }
}
