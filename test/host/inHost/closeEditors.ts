import * as vscode from 'vscode';

/** More tabs than any test opens: an end for the loop when one cannot be closed. */
const mostTabs = 50;

/**
 * Closes every tab without asking what to do with its changes, and waits until no text editor is left: one that closes later would take the focus from the
 * next test's.
 */
export async function closeEditors(): Promise<void> {
  const isAnyOpen = () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0);
  for (let closed = 0; closed < mostTabs && isAnyOpen(); closed += 1) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  while (vscode.window.visibleTextEditors.length > 0) await nextChange();
}

function nextChange(): Promise<void> {
  return new Promise((resolve) => {
    const listening = vscode.window.onDidChangeVisibleTextEditors(() => {
      listening.dispose();
      resolve();
    });
  });
}
