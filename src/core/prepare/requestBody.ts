import type { Files } from '../files.ts';
import type { RequestBody } from '../http/transport.ts';

/** A stretch of a body: bytes in memory, or a file that is read when the body is opened. */
export type BodyPiece = Uint8Array | { readonly path: string; readonly size: number };

/** A body made of pieces one after the other. It can be opened afresh for every hop, files included. */
export function requestBody(pieces: readonly BodyPiece[], files: Files): RequestBody {
  const length = pieces.reduce((sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : piece.size), 0);
  const inMemory = pieces.filter((piece) => piece instanceof Uint8Array);
  return {
    ...(inMemory.length === pieces.length && { bytes: joined(inMemory) }),
    length,
    replayable: true,
    open: () => contents(pieces, files),
  };
}

/** A body in memory. */
export function bytesBody(bytes: Uint8Array): RequestBody {
  return { bytes, length: bytes.length, replayable: true, open: () => once(bytes) };
}

async function* contents(pieces: readonly BodyPiece[], files: Files): AsyncIterable<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else yield* files.stream(piece.path);
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
