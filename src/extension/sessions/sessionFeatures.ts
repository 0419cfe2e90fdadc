/* Entry of dist/sessions.cjs: what is loaded when the session view is shown or one of its commands is run. */
import type * as vscode from 'vscode';
import type { SessionCommandId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import { cookieCommands } from './cookieCommands.ts';
import { cookieFileCommands } from './cookieFileCommands.ts';
import { copySessionForCliCommands } from './copySessionForCli.ts';
import { environmentCommands } from './environmentCommands.ts';
import { filterCommands } from './filterCommands.ts';
import { secretCommands } from './secretCommands.ts';
import { sessionCommands } from './sessionCommands.ts';
import { SessionFiles } from './sessionFiles.ts';
import type { SessionNode } from './sessionNodes.ts';
import type { SessionFeatureParts, SessionParts } from './sessionParts.ts';
import { SessionTree } from './sessionTree.ts';
import { showCookie } from './showCookie.ts';
import { snapshotCommands } from './snapshotCommands.ts';
import { variableCommands } from './variableCommands.ts';
import { whyCommands } from './whyNotSent.ts';

export interface SessionFeatures {
  children(node?: SessionNode): Promise<SessionNode[]>;
  item(node: SessionNode): vscode.TreeItem;
  parent(node: SessionNode): SessionNode | undefined;
  readonly commands: Readonly<Record<SessionCommandId, (...args: never[]) => unknown>>;
}

export type { SessionFeatureParts, SessionNode };

export function createSessionFeatures(
  given: SessionFeatureParts,
  view: vscode.TreeView<SessionNode>,
  redraw: (nodes: SessionNode | SessionNode[] | undefined) => void,
  registration: Registration,
): SessionFeatures {
  const tree = new SessionTree(given, view, redraw, registration);
  const parts: SessionParts = { ...given, tree, files: new SessionFiles(given.sessions, registration) };
  return {
    children: (node) => tree.children(node),
    item: (node) => tree.item(node),
    parent: (node) => tree.model.parent(node),
    commands: {
      ...sessionCommands(parts),
      ...cookieCommands(parts),
      ...cookieFileCommands(parts),
      ...copySessionForCliCommands(parts),
      ...variableCommands(parts),
      ...snapshotCommands(parts),
      ...whyCommands(parts),
      ...filterCommands(parts),
      ...environmentCommands(parts),
      ...secretCommands(parts),
      showCookie: (key, session) => showCookie(parts, key, session),
    },
  };
}
