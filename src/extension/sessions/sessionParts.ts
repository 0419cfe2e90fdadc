import type * as vscode from 'vscode';
import type { Engine } from '../loadEngine.ts';
import type { Documents } from '../workspace/documents.ts';
import type { Environments } from '../workspace/environments.ts';
import type { FrontDocument } from '../workspace/frontDocument.ts';
import type { Sender } from '../workspace/sender.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import type { SessionFiles } from './sessionFiles.ts';
import type { SessionTree } from './sessionTree.ts';

/** What the session features are given by the extension. */
export interface SessionFeatureParts {
  readonly engine: () => Engine;
  readonly documents: Documents;
  readonly environments: Environments;
  readonly front: FrontDocument;
  readonly sessions: SessionHost;
  readonly sender: Sender;
  readonly secrets: vscode.SecretStorage;
}

/** The same with what they make of it themselves. */
export interface SessionParts extends SessionFeatureParts {
  readonly tree: SessionTree;
  readonly files: SessionFiles;
}
