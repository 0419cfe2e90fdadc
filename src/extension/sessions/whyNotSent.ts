import * as vscode from 'vscode';
import { blockAt } from '../../core/syntax/query.ts';
import type { RequestBlock } from '../../core/syntax/ast.ts';
import type { Session } from '../../core/session/session.ts';
import { sessionTitle } from '../../present/sessionText.ts';
import { whyText, type WhyInput } from '../../present/whyText.ts';
import { languageId } from '../contributions.ts';
import { addressIn } from '../workspace/documents.ts';
import { askUrl } from './cookieFileCommands.ts';
import type { SessionNode } from './sessionNodes.ts';
import { sessionOf } from './sessionOf.ts';
import type { SessionParts } from './sessionParts.ts';

/** "Why not sent?": for the request at a lens or the cursor, or for a URL that is typed, each cookie with its verdict. */
export const whyCommands = (parts: SessionParts) => ({
  whyNotSent: async (argument?: unknown) => {
    if (isNode(argument)) return whyUrl(parts, await sessionOf(parts.sessions, argument), urlOf(argument));
    const found = await requestAt(parts, argument);
    if (found && (await whyRequest(parts, found))) return undefined;
    return whyUrl(parts, await sessionOf(parts.sessions, undefined), undefined);
  },
});

function isNode(argument: unknown): argument is SessionNode {
  return typeof argument === 'object' && argument !== null && 'kind' in argument;
}

/** Where a cookie goes is the likeliest thing to ask about. */
function urlOf(node: SessionNode): string | undefined {
  if (node.kind !== 'cookie') return undefined;
  const { domain, path, secure } = node.cookie;
  return node.cookie.source?.url ?? `${secure ? 'https' : 'http'}://${domain}${path}`;
}

interface FoundRequest {
  readonly document: vscode.TextDocument;
  readonly block: RequestBlock;
}

async function requestAt({ documents }: SessionParts, argument: unknown): Promise<FoundRequest | undefined> {
  const address = addressIn(argument);
  const editor = vscode.window.activeTextEditor;
  const document =
    address?.uri === undefined
      ? editor?.document
      : await vscode.workspace.openTextDocument(vscode.Uri.parse(address.uri));
  if (document?.languageId !== languageId) return undefined;
  const offset = address
    ? documents.currentOffset(document, address)
    : editor && document.offsetAt(editor.selection.active);
  const block = offset === undefined ? undefined : blockAt(documents.parse(document), offset);
  return block?.request && block.kind === 'request' ? { document, block: block as RequestBlock } : undefined;
}

/** The request as it would go now, with its own Cookie line and tags; false when its URL is not known yet. */
async function whyRequest(parts: SessionParts, { document, block }: FoundRequest): Promise<boolean> {
  const tree = parts.documents.parse(document);
  const input = await parts.sender.input(document, tree, block);
  const { session } = input;
  const { request, sent } = await parts.engine().previewBlock({ ...input, signal: new AbortController().signal });
  if (!request) return false;
  const withoutJar = block.tags.some(({ name }) => name === 'no-cookie-jar');
  const now = Date.now();
  await show(parts, session, {
    about: `${request.method} ${request.url}`,
    session: sessionTitle(session.key),
    verdicts: session.jar.explain(request.url, now),
    sent,
    withoutJar,
    now,
  });
  return true;
}

async function whyUrl(parts: SessionParts, session: Session, likely: string | undefined): Promise<void> {
  const url = await askUrl(
    vscode.l10n.t('Why not sent?'),
    vscode.l10n.t(
      'The URL of a request. Each cookie of the session is listed with the reason why it goes along or not.',
    ),
    likely,
  );
  if (url === undefined) return;
  const now = Date.now();
  const verdicts = session.jar.explain(url, now);
  await show(parts, session, { about: url, session: sessionTitle(session.key), verdicts, now });
}

async function show({ files }: SessionParts, session: Session, input: WhyInput): Promise<void> {
  const text = whyText(input);
  const file = { title: vscode.l10n.t('Why not sent?'), read: () => text };
  await files.show(session, file, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
