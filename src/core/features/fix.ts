import type { HttpDocument } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { Replacement } from './replacement.ts';
import type { WrittenSecret } from './secretProblems.ts';
import type { Surroundings } from './surroundings.ts';

/** A way out of a problem, made by the editor when somebody picks it. */
export interface Fix {
  /** What it does, as an order: `Insert a blank line`. */
  readonly title: string;
  /** Changes of the document itself. */
  readonly replacements: readonly Replacement[];
  /** Changes of another file, by its absolute path. */
  readonly elsewhere?: { readonly path: string; readonly replacements: readonly Replacement[] };
  /** An empty file to be made, by its path from the document's folder. */
  readonly creates?: string;
  /** A setting to be opened instead. */
  readonly setting?: string;
  /** A credential of the document that goes to secret storage, under a name that the user is asked for. */
  readonly secret?: WrittenSecret;
  /** The one that is nearly always meant. */
  readonly preferred: boolean;
}

/** What a fix may look at. */
export interface FixInput {
  readonly document: HttpDocument;
  readonly problem: Problem;
  readonly around: Surroundings;
  /** Texts of the environment files in sight, as they stand in the editor or on the disk. */
  readonly environmentFiles: readonly { readonly path: string; readonly text: string }[];
}

/** A fix of the document alone. */
export function fix(title: string, replacements: readonly Replacement[], preferred = true): Fix {
  return { title, replacements, preferred };
}

/** A line from its first character to the first of the next. */
export function wholeLine(document: HttpDocument, offset: number): Span {
  const line = document.lines.lineAt(offset);
  return { start: document.lines.startOf(line), end: document.lines.startOf(line + 1) };
}

export function lineStart(document: HttpDocument, offset: number): number {
  return document.lines.startOf(document.lines.lineAt(offset));
}

/** Where the text of a line ends, its line break excluded. */
export function lineEnd(document: HttpDocument, line: number): number {
  const { text, lines } = document;
  let end = lines.startOf(line + 1);
  while (end > lines.startOf(line) && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}
