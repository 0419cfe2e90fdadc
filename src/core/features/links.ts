import type { Block, HttpDocument } from '../syntax/ast.ts';
import { runLines } from '../syntax/runLine.ts';
import type { Span } from '../text/span.ts';
import { movedSpan, perBlock } from './perBlock.ts';

/** A place that can be opened. */
export interface DocumentLink {
  readonly span: Span;
  /** A path is relative to the document's folder, or absolute. */
  readonly target: { readonly kind: 'path' | 'url'; readonly text: string };
}

/** Body files, imports, script files and addresses. What holds a placeholder is known only when it is sent, and is no link. */
export const links: (document: HttpDocument) => readonly DocumentLink[] = perBlock({
  read: (block) =>
    blockLinks(block)
      .filter(({ target }) => target.text !== '' && !target.text.includes('{{'))
      .sort((a, b) => a.span.start - b.span.start),
  moved: ({ span, target }, by) => ({ span: movedSpan(span, by), target }),
});

function blockLinks(block: Block): readonly DocumentLink[] {
  const path = ({ text, span }: { readonly text: string; readonly span: Span }): DocumentLink => ({
    span,
    target: { kind: 'path', text },
  });
  const files = block.request?.body?.parts.flatMap((part) => (part.kind === 'file' ? [path(part.path)] : [])) ?? [];
  const imports = block.imports
    .filter(({ keyword, target }) => keyword === 'import' && !target.text.startsWith('#'))
    .map(({ target }) => path(target));
  const runs = runLines(block).flatMap(({ target, isFile }) => (isFile ? [path(target)] : []));
  const tags = block.tags.flatMap(({ name, value }) => (name === 'import' && value ? [path(value)] : []));
  const scripts = block.scripts.filter(({ isFile }) => isFile).map(({ source }) => path(source));
  return [...files, ...imports, ...runs, ...tags, ...scripts, ...urlLink(block)];
}

/** Only addresses that stand on one line as they are: opening them in a browser is a GET. */
function urlLink({ request }: Block): readonly DocumentLink[] {
  if (!request || request.kind !== 'http' || request.targetPieces.length > 1) return [];
  const { text, span } = request.target;
  return /^https?:\/\/[^\s/]/i.test(text) && !/\s/.test(text) ? [{ span, target: { kind: 'url', text } }] : [];
}
