import type { Block, HttpDocument } from '../syntax/ast.ts';
import { isSendable as isSendableKind } from '../syntax/methods.ts';
import { canBeSent, isRequestBlock, lineOfRequest, requestId, sendingOffset } from '../syntax/query.ts';
import type { Span } from '../text/span.ts';
import { movedSpan, perBlock } from './perBlock.ts';

/** A place for the lenses of one request. */
export interface RequestLens {
  readonly blockSpan: Span;
  /** Where the request line begins, or the first `run` line. */
  readonly offset: number;
  /** Line of the request line, from 0: the lenses stand above it. */
  readonly line: number;
  readonly requestId: string | undefined;
  /** False for kinds that are recognised and not sent, such as gRPC. */
  readonly sendable: boolean;
  /** The first sendable request of the file, which also has the lens for all of them. */
  readonly first: boolean;
}

/** The lenses of a document, one for each request and each block of `run` lines, in order. */
export function lenses(document: HttpDocument): readonly RequestLens[] {
  const found = allLenses(document);
  const first = found.findIndex(({ sendable }) => sendable);
  if (found[first]) found[first] = { ...found[first], first: true };
  return found;
}

const allLenses = perBlock<RequestLens>({
  read: (block, document) => (canBeSent(block) ? [lensOf(block, document)] : []),
  moved: (lens, by, byLines) => ({
    ...lens,
    blockSpan: movedSpan(lens.blockSpan, by),
    offset: lens.offset + by,
    line: lens.line + byLines,
  }),
});

function lensOf(block: Block, document: HttpDocument): RequestLens {
  return {
    blockSpan: block.span,
    offset: sendingOffset(block),
    line: lineOfRequest(document, block),
    requestId: requestId(block),
    sendable: isSendable(block),
    first: false,
  };
}

/** Whether this program can send the block: HTTP, GraphQL over HTTP, a curl command, or `run` lines. */
export function isSendable(block: Block): boolean {
  return isRequestBlock(block) ? isSendableKind(block.request.kind) : canBeSent(block);
}
