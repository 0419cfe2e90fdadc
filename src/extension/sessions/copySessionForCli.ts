import * as vscode from 'vscode';
import { workspacePlaces } from '../workspace/place.ts';
import type { SessionNode } from './sessionNodes.ts';
import { describeSession, sessionOf } from './sessionOf.ts';
import type { SessionParts } from './sessionParts.ts';

/**
 * Writes a session into the store of the command line, which can read neither secret storage nor VS Code's own folder. What is there already is merged
 * item by item.
 */
export const copySessionForCliCommands = ({ engine: load, sessions }: SessionParts) => ({
  copySessionForCli: async (node?: SessionNode) => {
    const session = await sessionOf(sessions, node);
    const place = workspacePlaces().find(({ folder }) => folder === session.key.folder);
    if (!place)
      throw new Error(vscode.l10n.t('Open the folder of the file first: the command line keeps sessions by folder.'));
    const engine = load();
    const key = engine.storeKeyFromEnvironment(process.env);
    if (!('key' in key) && !(await agreesToPlainText())) return;
    const directory = engine.sessionFolder(engine.stateFolder(process.env), place.root);
    await engine
      .openStore({ directory, ...key })
      .save({ ...session.snapshot(), key: { ...session.key, folder: place.root } });
    const environment = session.key.profile === '-' ? '' : ` --env ${session.key.profile}`;
    const name = session.key.name === 'default' ? '' : ` --session ${session.key.name}`;
    const root = ` --root "${place.root}"`;
    await vscode.env.clipboard.writeText(`crumbtrail session show${environment}${name}${root}`);
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'The session {0} is copied. A command that shows it is on the clipboard.',
        describeSession(session),
      ),
    );
  },
});

/** Without `CRUMBTRAIL_KEY` the copy is a file that only the user can read, but not encrypted: that is said before, not after. */
async function agreesToPlainText(): Promise<boolean> {
  const copy = vscode.l10n.t('Copy');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Copy the session without encryption?'),
    {
      modal: true,
      detail: vscode.l10n.t('CRUMBTRAIL_KEY is not set. The file can be read by you and by programs that run as you.'),
    },
    copy,
  );
  return answer === copy;
}
