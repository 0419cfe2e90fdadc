import type { Block, HttpDocument } from '../syntax/ast.ts';
import { templatesIn } from '../syntax/template.ts';
import type { Span } from '../text/span.ts';
import { namesOf } from './names.ts';

/** Kinds of VS Code's standard legend, which every theme colours. */
export const tokenTypes = ['keyword', 'property', 'variable', 'function', 'class', 'decorator'] as const;

export const tokenModifiers = ['declaration', 'defaultLibrary'] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
  readonly modifier?: (typeof tokenModifiers)[number];
}

/** What the grammar of the editor cannot tell: a variable from a request, a tag that counts from prose. In order, without overlaps. */
export function semanticTokens(document: HttpDocument): readonly SemanticToken[] {
  const names = namesOf(document).map(({ kind, role, span }): SemanticToken => ({
    span,
    type: kind === 'variable' ? 'variable' : 'class',
    ...(role === 'definition' && { modifier: 'declaration' }),
  }));
  const functions = document.text.includes('{{')
    ? templatesIn(document.text).flatMap(({ form, inner }): SemanticToken[] => {
        if (form.kind !== 'function') return [];
        const span = { start: inner.span.start, end: inner.span.start + form.name.length };
        return [{ span, type: 'function', modifier: 'defaultLibrary' }];
      })
    : [];
  const all = [...names, ...functions, ...document.blocks.flatMap(blockTokens)];
  return withoutOverlaps(all.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end));
}

function blockTokens({ tags, request }: Block): readonly SemanticToken[] {
  const decorators = tags.map(({ nameSpan }): SemanticToken => ({ span: nameSpan, type: 'decorator' }));
  if (!request) return decorators;
  const method: SemanticToken[] = request.methodImplicit ? [] : [{ span: request.method.span, type: 'keyword' }];
  const headers = request.headers.flatMap(({ kind, name }): SemanticToken[] =>
    kind === 'field' && !name.text.includes('{{') ? [{ span: name.span, type: 'property' }] : [],
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
