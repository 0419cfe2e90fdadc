import * as vscode from 'vscode';

/** More tabs than any test opens: an end for the loop when one cannot be closed. */
const mostTabs = 50;

/** How long VS Code may hold on to a document whose tab is closed, in milliseconds. */
const patience = 5000;

/**
 * Closes every tab without asking what to do with its changes, and waits until no text editor is left: one that closes later would take the focus from the
 * next test's. It waits for the untitled documents of the tabs, too: the next one would get the name of one that is still there, and its text.
 */
export async function closeEditors(): Promise<void> {
  const isAnyOpen = () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0);
  const untitled = untitledTabs();
  for (let closed = 0; closed < mostTabs && isAnyOpen(); closed += 1) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  while (vscode.window.visibleTextEditors.length > 0) await next(vscode.window.onDidChangeVisibleTextEditors);
  const deadline = Date.now() + patience;
  const isKept = () => vscode.workspace.textDocuments.some(({ uri }) => untitled.has(uri.toString()));
  while (isKept() && Date.now() < deadline) await next(vscode.workspace.onDidCloseTextDocument, deadline - Date.now());
}

function untitledTabs(): ReadonlySet<string> {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : [])),
  );
  return new Set(uris.filter(({ scheme }) => scheme === 'untitled').map(String));
}

function next(event: vscode.Event<unknown>, timeout?: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      listening.dispose();
      clearTimeout(timer);
      resolve();
    };
    const listening = event(end);
    const timer = timeout === undefined ? undefined : setTimeout(end, timeout);
  });
}
