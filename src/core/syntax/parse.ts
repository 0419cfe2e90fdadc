import type { HttpDocument } from './ast.ts';
import { parseParts } from './reparse.ts';

/**
 * Parses a request file (GRAMMAR section 3). Total: any text gives a document, mistakes become problems. Linear in the length of the
 * text, synchronous, and without memory of earlier texts. A byte order mark belongs to the first line's blanks.
 */
export function parse(text: string): HttpDocument {
  return parseParts(text).document;
}
