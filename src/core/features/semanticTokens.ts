import type { Block, HttpDocument } from '../syntax/ast.ts';
import { originOf } from '../syntax/shiftedBlock.ts';
import type { Span } from '../text/span.ts';
import { blockNames } from './blockNames.ts';
import { namesOf, type NameUse } from './names.ts';

/** Kinds of VS Code's standard legend, which every theme colours. */
export const tokenTypes = ['keyword', 'property', 'variable', 'function', 'class', 'decorator'] as const;

export const tokenModifiers = ['declaration', 'defaultLibrary'] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
  readonly modifier: (typeof tokenModifiers)[number] | undefined;
}

/** What the grammar of the editor cannot tell: a variable from a request, a tag that counts from prose. In order, without overlaps. */
export function semanticTokens(document: HttpDocument): readonly SemanticToken[] {
  const names = namesOf(document);
  const tokens: SemanticToken[] = [];
  let next = 0;
  for (const block of document.blocks) {
    const { start, end } = block.span;
    const own = blockTokens(document, block).map((token) => moved(token, start));
    for (; (names[next]?.span.start ?? end) < end; next++) own.push(nameToken(names[next] as NameUse));
    own.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    for (const token of withoutOverlaps(own)) tokens.push(token);
  }
  return tokens;
}

function nameToken({ kind, role, span }: NameUse): SemanticToken {
  const modifier = role === 'definition' ? 'declaration' : undefined;
  return { span, type: kind === 'variable' ? 'variable' : 'class', modifier };
}

function moved({ span, type, modifier }: SemanticToken, by: number): SemanticToken {
  return { span: { start: span.start + by, end: span.end + by }, type, modifier };
}

/** Tokens that a block has by itself, with offsets from its beginning; remembered while it stands unchanged. */
function blockTokens(document: HttpDocument, block: Block): readonly SemanticToken[] {
  const origin = originOf(block);
  const known = remembered.get(origin);
  if (known) return known;
  const base = origin.span.start;
  const tokens = [
    ...blockNames(document, block).functions.map((span): SemanticToken => ({
      span,
      type: 'function',
      modifier: 'defaultLibrary',
    })),
    ...writtenTokens(origin).map((token) => moved(token, -base)),
  ];
  remembered.set(origin, tokens);
  return tokens;
}

const remembered = new WeakMap<Block, readonly SemanticToken[]>();

function writtenTokens({ tags, request }: Block): readonly SemanticToken[] {
  const decorators = tags.map(({ nameSpan }): SemanticToken => ({
    span: nameSpan,
    type: 'decorator',
    modifier: undefined,
  }));
  if (!request) return decorators;
  const method: SemanticToken[] = request.methodImplicit
    ? []
    : [{ span: request.method.span, type: 'keyword', modifier: undefined }];
  const headers = request.headers.flatMap(({ kind, name }): SemanticToken[] =>
    kind === 'field' && !name.text.includes('{{') ? [{ span: name.span, type: 'property', modifier: undefined }] : [],
  );
  return [...decorators, ...method, ...headers];
}

function withoutOverlaps(tokens: readonly SemanticToken[]): readonly SemanticToken[] {
  let end = 0;
  return tokens.filter(({ span }) => {
    if (span.start < end || span.end === span.start) return false;
    end = span.end;
    return true;
  });
}
