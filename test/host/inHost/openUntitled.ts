import * as vscode from 'vscode';

const lines = (text: string) => text.replaceAll(/\r\n?/g, '\n');

/**
 * A new untitled document with this text. VS Code may give the name of one that was closed a moment ago, and then that one, with its text:
 * now the name is taken, and the next one has another.
 */
export async function openUntitled(content: string, language = 'http'): Promise<vscode.TextDocument> {
  for (let tries = 0; tries < 20; tries += 1) {
    const document = await vscode.workspace.openTextDocument({ language, content });
    if (lines(document.getText()) === lines(content) && document.languageId === language) return document;
  }
  throw new Error('VS Code gives no new untitled document.');
}
