import * as vscode from 'vscode';
import { capturingBlock } from '../../core/run/captures.ts';
import { counted } from '../../present/timeWords.ts';
import { placeOf } from '../workspace/place.ts';
import { variableFile } from './editedFiles.ts';
import type { NodeOf, SessionNode } from './sessionNodes.ts';
import { sessionOf, undoable } from './sessionOf.ts';
import type { SessionParts } from './sessionParts.ts';

type VariableNode = NodeOf<'variable'>;

/** Commands on variables of a session and on the last responses that references read. */
export const variableCommands = (parts: SessionParts) => ({
  copyVariable: ({ variable }: VariableNode) => vscode.env.clipboard.writeText(`{{${variable.name}}}`),
  copyVariableValue: ({ variable }: VariableNode) => vscode.env.clipboard.writeText(variable.value),
  addVariable: async (node?: SessionNode) => {
    await parts.files.show(await sessionOf(parts.sessions, node), variableFile(parts, undefined));
  },
  editVariable: ({ session, variable }: VariableNode) => parts.files.show(session, variableFile(parts, variable)),
  deleteVariable: ({ session, variable }: VariableNode) =>
    undoable(parts, session, vscode.l10n.t('Variable {0} deleted.', variable.name), () =>
      session.deleteVariable(variable.name),
    ),
  revealVariableSource: (node: VariableNode) => revealCapture(parts, node),
  forgetResponse: ({ session, recorded }: NodeOf<'response'>) =>
    undoable(parts, session, vscode.l10n.t('Last response of {0} forgotten.', recorded.id), () =>
      session.forget(recorded.file, recorded.id),
    ),
  forgetResponses: async (node?: SessionNode) => {
    const session = await sessionOf(parts.sessions, node);
    const all = session.allRecorded();
    await undoable(parts, session, vscode.l10n.t('{0} forgotten.', counted(all.length, 'response')), () =>
      all.forEach(({ file, id }) => session.forget(file, id)),
    );
  },
});

/** The request that captures a variable, wherever in the folder it stands; a file that is open is preferred. */
async function revealCapture({ documents }: SessionParts, { session, variable }: VariableNode): Promise<void> {
  const open = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === 'http');
  const known = new Set(open.map(({ uri }) => uri.toString()));
  const files = await vscode.workspace.findFiles('**/*.{http,rest}', '**/node_modules/**', 500);
  for (const candidate of [...open, ...files.filter((uri) => !known.has(uri.toString()))]) {
    const document = 'uri' in candidate ? candidate : await vscode.workspace.openTextDocument(candidate);
    if (placeOf(document).folder !== session.key.folder) continue;
    const block = capturingBlock(documents.parse(document), variable.name, 0);
    if (!block?.request) continue;
    const position = document.positionAt(block.request.line.start);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
    return;
  }
  await vscode.window.showInformationMessage(
    vscode.l10n.t('No request of this folder captures {0}. Its value is {1}.', variable.name, variable.origin),
  );
}
