import type { Block, HttpDocument } from '../syntax/ast.ts';
import { isSendable as isSendableKind } from '../syntax/methods.ts';
import { canBeSent, isRequestBlock, lineOfRequest, requestId } from '../syntax/query.ts';
import type { Span } from '../text/span.ts';

/** A place for the lenses of one request. */
export interface RequestLens {
  readonly blockSpan: Span;
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
  const blocks = document.blocks.filter(canBeSent);
  const firstSendable = blocks.find(isSendable);
  return blocks.map((block) => ({
    blockSpan: block.span,
    line: lineOfRequest(document, block),
    requestId: requestId(block),
    sendable: isSendable(block),
    first: block === firstSendable,
  }));
}

/** Whether this program can send the block: HTTP, GraphQL over HTTP, a curl command, or `run` lines. */
export function isSendable(block: Block): boolean {
  return isRequestBlock(block) ? isSendableKind(block.request.kind) : canBeSent(block);
}
