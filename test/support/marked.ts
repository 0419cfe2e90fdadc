import { parse } from '../../src/core/syntax/parse.ts';
import type { HttpDocument } from '../../src/core/syntax/ast.ts';
import { noSurroundings, type Surroundings } from '../../src/core/features/surroundings.ts';
import type { EnvironmentSource } from '../../src/core/variables/profile.ts';
import { mergeProfiles } from '../../src/core/variables/profiles.ts';

/** A document with a place marked in it: `|` is the cursor, `«` and `»` a selection. The marks are taken out. */
export interface Marked {
  readonly document: HttpDocument;
  readonly text: string;
  readonly offset: number;
  readonly selection: { readonly start: number; readonly end: number };
}

export function marked(source: string): Marked {
  const cursor = source.indexOf('|');
  const withoutCursor = cursor < 0 ? source : source.slice(0, cursor) + source.slice(cursor + 1);
  const open = withoutCursor.indexOf('«');
  const close = withoutCursor.indexOf('»');
  const text = withoutCursor.replace(/[«»]/g, '');
  const offset = cursor < 0 ? Math.max(open, 0) : cursor;
  const selection = open < 0 ? { start: offset, end: offset } : { start: open, end: close - 1 };
  return { document: parse(text), text, offset, selection };
}

/** Surroundings with environment files by their path; the first profile is the one in force. */
export function around(files: Readonly<Record<string, string>> = {}, more: Partial<Surroundings> = {}): Surroundings {
  const sources = Object.entries(files).map(([path, text]): EnvironmentSource => {
    const kind = path.includes('private') ? 'private' : path.includes('.env.') ? 'public' : 'dotenv';
    return { path, kind, text };
  });
  const profiles = mergeProfiles(sources);
  return { ...noSurroundings, profiles, environment: profiles.names.slice(0, 1), ...more };
}
