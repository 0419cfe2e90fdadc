import * as vscode from 'vscode';
import { createBodyThread } from '../node/bodyThread.ts';
import { registerLanguageCommands } from './commands/languageCommands.ts';
import { registerRequestCommands } from './commands/requestCommands.ts';
import { registerSendCommands } from './commands/sendCommands.ts';
import { registerLenses } from './language/lensProvider.ts';
import { startLanguage } from './language/startLanguage.ts';
import { createWorkspaceHost } from './language/workspaceHost.ts';
import { loadEngine, loadLanguage, loadViewMessages } from './loadEngine.ts';
import { ResponsePanels } from './panels/responsePanels.ts';
import { registerVirtualFiles } from './panels/virtualFiles.ts';
import { registerStatusBar } from './panels/statusBar.ts';
import { Registration } from './registration.ts';
import { startSessions } from './sessions/startSessions.ts';
import { Bodies } from './workspace/bodies.ts';
import { createAsk } from './workspace/ask.ts';
import { Batches } from './workspace/batches.ts';
import { Demo } from './workspace/demo.ts';
import { Documents } from './workspace/documents.ts';
import { Environments } from './workspace/environments.ts';
import { FrontDocument } from './workspace/frontDocument.ts';
import { History } from './workspace/history.ts';
import { Previews } from './workspace/previews.ts';
import { RequestFiles } from './workspace/requestFiles.ts';
import { Runs } from './workspace/runs.ts';
import { Sender } from './workspace/sender.ts';
import { SessionHost } from './workspace/sessionHost.ts';
import { storeKey } from './workspace/storeKey.ts';
import { Views } from './workspace/views.ts';

/** The composition root of the extension: builds each part with what it needs, registers, and is done. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, globalStorageUri, secrets, workspaceState } = context;
  const registration = new Registration(context);
  const engine = loadEngine;
  const documents = new Documents(registration);
  const environments = new Environments(workspaceState, registration);
  const front = new FrontDocument(registration);
  const sessions = new SessionHost(
    { engine, environments, front, memory: workspaceState, secrets, storage: globalStorageUri },
    registration,
  );
  const runs = new Runs(registration);
  const views = new Views(async () =>
    engine().openSealedFolder(vscode.Uri.joinPath(globalStorageUri, 'responses').fsPath, await storeKey(secrets)),
  );
  const batches = new Batches(async () =>
    engine().openSealedFolder(vscode.Uri.joinPath(globalStorageUri, 'batches').fsPath, await storeKey(secrets)),
  );
  const pretty = createBodyThread(vscode.Uri.joinPath(extensionUri, 'dist', 'bodyWorker.cjs').fsPath);
  registration.own({ dispose: () => void pretty.close() });
  const workerPath = vscode.Uri.joinPath(extensionUri, 'dist', 'largeWorker.cjs').fsPath;
  const bodies = new Bodies({ engine, secrets, storage: globalStorageUri, workerPath });
  registration.own({ dispose: () => void bodies.close() });
  const history = new History({ engine, secrets, storage: globalStorageUri });
  const requestFiles = new RequestFiles(engine, documents);
  const ask = createAsk(workspaceState);
  const sender = new Sender({
    engine,
    documents,
    requestFiles,
    environments,
    sessions,
    runs,
    views,
    secrets,
    ask,
    pretty,
    bodies,
    history,
    batches,
  });
  const previews = new Previews({ engine, sender }, registration);
  const panels: ResponsePanels = new ResponsePanels(
    extensionUri,
    registration,
    { views, batches },
    (message, view, answer) => loadViewMessages().handleViewMessage(parts, message, view, answer),
  );
  registration.command('loadPreviewContent', () => loadViewMessages().loadPreviewContent());
  const parts = { documents, runs, sender, views, batches, panels, bodies, bodyThread: pretty, sessions };
  registration.own(batches.onDidChange((batch) => panels.showBatch(batch)));
  registration.own(
    views.onDidShow((view) => {
      batches.observe(view);
      panels.show(view);
    }),
  );
  registration.own(views.onDidKeep((view) => batches.observe(view)));
  registration.own(views.onDidAppend((appended) => panels.append(appended)));
  registration.own(views.onDidUpdate((view) => panels.update(view)));
  registration.own(sessions.changes.onDidUndo(({ run }) => run !== undefined && views.markUndone(run)));

  registerSendCommands(parts, registration);
  startSessions({ engine, documents, environments, front, sessions, sender, secrets }, registration);
  registerRequestCommands({ ...parts, previews }, registration);
  for (const id of ['showHistory', 'compareResponses', 'clearHistory'] as const) {
    registration.command(id, (argument?: unknown) =>
      loadViewMessages().runHistoryCommand({ ...parts, history, front }, id, argument),
    );
  }
  registration.command('exportHar', async () => {
    const view = panels.front();
    if (!view) throw new Error(vscode.l10n.t('There is no response yet. Send a request first.'));
    await loadViewMessages().handleViewMessage(parts, { type: 'exportHar', id: view.id }, view, () => undefined);
  });
  registerVirtualFiles((uri) => loadViewMessages().comparedText({ views, history }, uri), registration);
  const demo = new Demo(extensionUri, globalStorageUri, registration);
  registration.command('tryDemo', () => demo.open());
  registration.command('takeOverSettings', () => loadLanguage().takeOverSettings());

  registerLenses({ documents, environments, runs, previews }, registration);
  registerStatusBar({ front, environments, sessions }, registration);
  const host = createWorkspaceHost({ engine, documents, environments, sessions, previews, sender }, registration);
  registerLanguageCommands(startLanguage(host, context.globalState, registration), registration);
  const flush = () => Promise.all([history.flush(), views.flush(), batches.flush()]);
  closing.push(
    () => sessions.close(),
    flush,
    // What came of a send that is cut off here is there again in the next window, and said to be cancelled.
    () => runs.close().then(flush),
  );
}

const closing: (() => Promise<unknown>)[] = [];

/** VS Code waits for this: what changed in the last moment is written before the window goes. */
export async function deactivate(): Promise<void> {
  await Promise.all(closing.splice(0).map((close) => close()));
}
