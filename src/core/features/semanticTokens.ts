import type { Block, HttpDocument } from '../syntax/ast.ts';
import { originOf } from '../syntax/shiftedBlock.ts';
import type { Span } from '../text/span.ts';
import { blockNames, type LocalName } from './blockNames.ts';
import { knownNames, type KnownNames } from './knownNames.ts';
import { meaningIn, meant, type NameUse } from './names.ts';
import { movedSpan } from './perBlock.ts';

/** Kinds of VS Code's standard legend, which every theme colours. */
export const tokenTypes = ['keyword', 'property', 'variable', 'function', 'class', 'decorator'] as const;

export const tokenModifiers = ['declaration', 'defaultLibrary'] as const;

interface Token {
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
  readonly modifier: (typeof tokenModifiers)[number] | undefined;
}

/**
 * What the grammar of the editor cannot tell: a variable from a request, a tag that counts from prose. In order, without overlaps, as
 * editors take them: five numbers a token (lines below the last token, characters behind it or from the line's start, length, index of the
 * type, bits of the modifiers). A block that stands unchanged is only copied.
 */
export function semanticTokens(document: HttpDocument): Uint32Array {
  const chunks = document.blocks.map((block) => chunkOf(document, block));
  const data = new Uint32Array(chunks.reduce((length, chunk) => length + chunk.data.length, 0));
  let at = 0;
  let lastLine = 0;
  chunks.forEach((chunk, index) => {
    if (chunk.data.length === 0) return;
    const line = document.lines.lineAt(document.blocks[index]?.span.start ?? 0);
    data.set(chunk.data, at);
    data[at] = line + (chunk.data[0] ?? 0) - lastLine;
    lastLine = line + chunk.lastLine;
    at += chunk.data.length;
  });
  return data;
}

/** The tokens of a block as numbers; lines count from its first. */
interface Chunk {
  /** What the names of the block meant among these. */
  readonly known: KnownNames;
  readonly data: Uint32Array;
  readonly lastLine: number;
}

const remembered = new WeakMap<Block, Chunk>();

function chunkOf(document: HttpDocument, block: Block): Chunk {
  const origin = originOf(block);
  const known = knownNames(document);
  const before = remembered.get(origin);
  if (before?.known === known) return before;
  const chunk =
    before && blockNames(document, block).names.every((name) => meansTheSame(name, before.known, known))
      ? { ...before, known }
      : encoded(document, tokensOf(document, block), document.lines.lineAt(block.span.start), known);
  remembered.set(origin, chunk);
  return chunk;
}

/** While a definition is typed, the names of a document change with every key, and the meaning of nearly all uses does not. */
function meansTheSame({ role, form, name, root }: LocalName, before: KnownNames, now: KnownNames): boolean {
  if (role === 'definition' || form === 'variable' || form === 'request') return true;
  const isSameVariable = (each: string) => before.variables.has(each) === now.variables.has(each);
  return isSameVariable(name) && isSameVariable(root) && before.requests.has(root) === now.requests.has(root);
}

function encoded(document: HttpDocument, tokens: readonly Token[], firstLine: number, known: KnownNames): Chunk {
  const data = new Uint32Array(tokens.length * 5);
  let last = { line: 0, character: 0 };
  tokens.forEach(({ span, type, modifier }, index) => {
    const { line: lineInText, character } = document.lines.positionAt(span.start);
    const line = lineInText - firstLine;
    const modifiers = modifier === undefined ? 0 : 1 << tokenModifiers.indexOf(modifier);
    const behind = line === last.line ? character - last.character : character;
    data.set([line - last.line, behind, span.end - span.start, tokenTypes.indexOf(type), modifiers], index * 5);
    last = { line, character };
  });
  return { known, data, lastLine: last.line };
}

function tokensOf(document: HttpDocument, block: Block): readonly Token[] {
  const { start } = block.span;
  const { names, functions } = blockNames(document, block);
  const meaning = meaningIn(document);
  const tokens = [
    ...functions.map((span): Token => ({ span: movedSpan(span, start), type: 'function', modifier: 'defaultLibrary' })),
    ...writtenTokens(block),
    ...names.map((name) => nameToken(meant(name, start, meaning))),
  ];
  return withoutOverlaps(tokens.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end));
}

function nameToken({ kind, role, span }: NameUse): Token {
  const modifier = role === 'definition' ? 'declaration' : undefined;
  return { span, type: kind === 'variable' ? 'variable' : 'class', modifier };
}

function writtenTokens({ tags, request }: Block): readonly Token[] {
  const decorators = tags.map(({ nameSpan }): Token => ({
    span: nameSpan,
    type: 'decorator',
    modifier: undefined,
  }));
  if (!request) return decorators;
  const method: Token[] = request.methodImplicit
    ? []
    : [{ span: request.method.span, type: 'keyword', modifier: undefined }];
  const headers = request.headers.flatMap(({ kind, name }): Token[] =>
    kind === 'field' && !name.text.includes('{{') ? [{ span: name.span, type: 'property', modifier: undefined }] : [],
  );
  return [...decorators, ...method, ...headers];
}

function withoutOverlaps(tokens: readonly Token[]): readonly Token[] {
  let end = 0;
  return tokens.filter(({ span }) => {
    if (span.start < end || span.end === span.start) return false;
    end = span.end;
    return true;
  });
}
