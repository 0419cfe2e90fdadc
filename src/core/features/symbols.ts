import { wireMethod } from '../syntax/methods.ts';
import type { Block, HttpDocument, RequestBlock, VariableNode } from '../syntax/ast.ts';
import { isRequestBlock, requestId } from '../syntax/query.ts';
import type { Span } from '../text/span.ts';
import { movedSpan, perBlock } from './perBlock.ts';

/** An entry of the outline. */
export interface OutlineSymbol {
  readonly kind: 'request' | 'section' | 'variable';
  readonly name: string;
  /** What stands behind the name in grey: method and target, or a variable's value. */
  readonly detail: string;
  readonly span: Span;
  /** What a click goes to. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

/** The outline: requests and titled blocks with their variables; variables of blocks that have neither stand on the top level. */
export const symbols: (document: HttpDocument) => readonly OutlineSymbol[] = perBlock({
  read: blockSymbols,
  moved: (symbol, by) => movedSymbol(symbol, by),
});

function blockSymbols(block: Block): readonly OutlineSymbol[] {
  const variables = block.variables.map(variableSymbol);
  if (isRequestBlock(block)) return [requestSymbol(block, variables)];
  return block.title ? [sectionSymbol(block, block.title.text, variables)] : variables;
}

function movedSymbol({ kind, name, detail, span, selection, children }: OutlineSymbol, by: number): OutlineSymbol {
  return {
    kind,
    name,
    detail,
    span: movedSpan(span, by),
    selection: movedSpan(selection, by),
    children: children.length === 0 ? children : children.map((child) => movedSymbol(child, by)),
  };
}

function requestSymbol(block: RequestBlock, children: readonly OutlineSymbol[]): OutlineSymbol {
  const { request } = block;
  const line = `${wireMethod(request)} ${request.target.text}`;
  const id = requestId(block);
  return {
    kind: 'request',
    name: id ?? line,
    detail: id === undefined ? '' : line,
    span: block.span,
    selection: request.line,
    children,
  };
}

function sectionSymbol(block: Block, name: string, children: readonly OutlineSymbol[]): OutlineSymbol {
  const selection = block.separator ?? block.span;
  return { kind: 'section', name, detail: '', span: block.span, selection, children };
}

function variableSymbol(variable: VariableNode): OutlineSymbol {
  const { name, value, span } = variable;
  return { kind: 'variable', name: `@${name.text}`, detail: value.text, span, selection: name.span, children: [] };
}
