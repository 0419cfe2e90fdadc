import * as vscode from 'vscode';
import { format } from '../../core/features/format.ts';
import { inlayHints } from '../../core/features/inlayHints.ts';
import { links, type DocumentLink } from '../../core/features/links.ts';
import { selectionRanges } from '../../core/features/selectionRanges.ts';
import { semanticTokens, tokenModifiers, tokenTypes } from '../../core/features/semanticTokens.ts';
import type { Registration } from '../registration.ts';
import { languageSettings } from './languageSettings.ts';
import type { LanguageHost } from './languageHost.ts';
import { httpDocuments, rangeOf, spanOf, textEdits } from './ranges.ts';

/** What an editor asks about a text as a whole: colours, links, growing selections, form, values beside names. */
export function registerTextProviders(host: LanguageHost, registration: Registration): void {
  const { languages } = vscode;
  registration.own(
    languages.registerDocumentFormattingEditProvider(httpDocuments, {
      provideDocumentFormattingEdits: (document) => textEdits(document, format(host.parse(document))),
    }),
  );
  registration.own(
    languages.registerSelectionRangeProvider(httpDocuments, {
      provideSelectionRanges: (document, positions) => positions.map((position) => grown(host, document, position)),
    }),
  );
  registration.own(
    languages.registerDocumentLinkProvider(httpDocuments, {
      provideDocumentLinks: (document) => links(host.parse(document)).flatMap((link) => opened(document, link)),
    }),
  );
  registration.own(
    languages.registerDocumentSemanticTokensProvider(
      httpDocuments,
      // VS Code sends the window what differs from the last numbers, and no more.
      { provideDocumentSemanticTokens: (document) => new vscode.SemanticTokens(semanticTokens(host.parse(document))) },
      new vscode.SemanticTokensLegend([...tokenTypes], [...tokenModifiers]),
    ),
  );
  registerInlayHints(host, registration);
}

function registerInlayHints(host: LanguageHost, registration: Registration): void {
  const changed = registration.own(new vscode.EventEmitter<void>());
  registration.own(host.onDidChange(() => changed.fire()));
  registration.own(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('crumbtrail.inlayHints')) changed.fire();
    }),
  );
  registration.own(
    vscode.languages.registerInlayHintsProvider(httpDocuments, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: async (document, range) => {
        if (!languageSettings(document.uri).inlayHints) return [];
        const around = await host.surroundings(document);
        return inlayHints(host.parse(document), spanOf(document, range), around).map(({ offset, text }) => {
          const hint = new vscode.InlayHint(document.positionAt(offset), text);
          hint.paddingLeft = true;
          return hint;
        });
      },
    }),
  );
}

/** From the smallest to the largest, each holding the one before. */
function grown(host: LanguageHost, document: vscode.TextDocument, position: vscode.Position): vscode.SelectionRange {
  const spans = selectionRanges(host.parse(document), document.offsetAt(position));
  const whole = spans
    .toReversed()
    .reduce<vscode.SelectionRange | undefined>(
      (parent, span) => new vscode.SelectionRange(rangeOf(document, span), parent),
      undefined,
    );
  return whole ?? new vscode.SelectionRange(new vscode.Range(position, position));
}

function opened(document: vscode.TextDocument, { span, target }: DocumentLink): vscode.DocumentLink[] {
  if (target.kind === 'url') return [new vscode.DocumentLink(rangeOf(document, span), vscode.Uri.parse(target.text))];
  if (document.uri.scheme === 'untitled') return [];
  const path = target.text.replaceAll('\\', '/');
  const isAbsolute = path.startsWith('/') || /^[a-z]:\//i.test(path);
  const uri = isAbsolute ? document.uri.with({ path }) : vscode.Uri.joinPath(document.uri, '..', path);
  return [new vscode.DocumentLink(rangeOf(document, span), uri)];
}
