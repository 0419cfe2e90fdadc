import type { Files } from '../files.ts';
import type { RequestBlock, HttpDocument } from '../syntax/ast.ts';
import type { Problem, Severity } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { DefaultsLayer } from '../session/defaultsLayer.ts';
import type { SendSettings } from '../session/settings.ts';
import type { Resolver } from '../variables/resolve.ts';

/** What a written request is prepared with. */
export interface PrepareInput {
  readonly document: HttpDocument;
  readonly block: RequestBlock;
  readonly resolver: Resolver;
  readonly file: { readonly path: string | undefined; readonly root: string };
  readonly files: Files;
  /** What gives defaults besides the settings, weakest first. */
  readonly layers: readonly DefaultsLayer[];
  readonly settings: SendSettings;
  /** Whether a body file outside the root may be read; asks a person when it must. */
  mayRead(path: string): Promise<boolean>;
  /** 32 hexadecimal digits nobody can guess, for the boundary of a multipart body that has none. */
  randomBoundary(): string;
}

/** One header line of the block, resolved, with the place to complain about. */
export interface PlacedHeader {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  /** False when a stand-in is in it, or a placeholder that has a problem of its own. */
  readonly isFinal: boolean;
}

export function problem(severity: Severity, code: string, span: Span, message: string): Problem {
  return { code, severity, span, message };
}
