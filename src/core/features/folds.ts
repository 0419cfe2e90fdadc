import type { Block, HttpDocument } from '../syntax/ast.ts';
import type { Span } from '../text/span.ts';
import { perBlock } from './perBlock.ts';

/** Lines, both from 0 and both included, that an editor may fold to the first of them. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'block' | 'body' | 'script' | 'response-sample';
}

/** What can be folded: blocks, bodies, scripts and pasted responses of more than one line, in order of their first lines. */
export const folds: (document: HttpDocument) => readonly Fold[] = perBlock({
  read: (block, document) =>
    blockFolds(document, block)
      .filter((fold) => fold.endLine > fold.startLine)
      .sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine),
  // Most edits stay in their line, and then every fold below stays as it is.
  moved: (fold, _, by) =>
    by === 0 ? fold : { startLine: fold.startLine + by, endLine: fold.endLine + by, kind: fold.kind },
});

function blockFolds(document: HttpDocument, block: Block): Fold[] {
  const kind = block.kind === 'response-sample' ? 'response-sample' : 'block';
  const found = [foldOf(document, block.span, kind)];
  if (block.request?.body) found.push(foldOf(document, block.request.body.span, 'body'));
  for (const script of block.scripts) found.push(foldOf(document, script.span, 'script'));
  return found;
}

/** The blank lines at the end stay visible, so that folded blocks keep their distance. */
function foldOf(document: HttpDocument, span: Span, kind: Fold['kind']): Fold {
  let end = span.end;
  while (end > span.start && document.text.charCodeAt(end - 1) <= 32) end--;
  return { startLine: document.lines.lineAt(span.start), endLine: document.lines.lineAt(end), kind };
}
