import type { BodyFilterResult } from './bodyFilter.ts';

/** Text as it was sent, or re-indented; or bytes as rows of sixteen (`hexRow`), with columns in characters. */
export type BodyForm = 'raw' | 'pretty' | 'hex';

/** How a text can be re-indented; absent: not at all. `json-lines` is one JSON text a line. */
export type BodyFormat = 'json' | 'json-lines' | 'xml';

/** Lines count from 0, columns in bytes of UTF-8. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export interface SearchTerms {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly isExpression: boolean;
}

/** What somebody who shows a large text asks of whoever has it. */
export type BodyAsk =
  /** A part of the text, and how far the text is known. `search` marks what it found in these lines. */
  | {
      readonly kind: 'lines';
      readonly form: BodyForm;
      readonly line: number;
      readonly count: number;
      readonly column: number;
      readonly width: number;
    }
  /** Begins a search in place of the one before; an empty text ends it. */
  | { readonly kind: 'search'; readonly form: BodyForm; readonly terms: SearchTerms }
  /** How far the search is, and where a match is: the one with this number (from 0), or the next or previous one from a place. */
  | { readonly kind: 'match'; readonly at: number | TextPlace; readonly step: 0 | 1 | -1 }
  /** The last line of what begins at the end of a line: of its object, list or element. */
  | { readonly kind: 'fold'; readonly form: BodyForm; readonly line: number }
  | { readonly kind: 'text'; readonly form: BodyForm; readonly from: TextPlace; readonly to: TextPlace }
  /** Begins to look for what a path finds, in place of the one before, or asks how far that is; an empty path ends it. */
  | { readonly kind: 'filter'; readonly path: string };

export interface TextRow {
  readonly line: number;
  /** The part asked for, of whole characters. */
  readonly text: string;
  /** Column of its first byte. */
  readonly from: number;
  /** Bytes of the whole line. */
  readonly bytes: number;
  /** Matches in it: begin and end in characters of `text`. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** How far a text is known. */
export interface TextState {
  readonly lines: number;
  /** Bytes of the longest line. */
  readonly widest: number;
  /** From 0 to 1: how much of the body has been looked through. */
  readonly known: number;
  /** Of re-indented text: why it stays as it was sent from some place on, in a sentence. */
  readonly remark?: string;
}

export type BodyAnswer =
  | { readonly kind: 'lines'; readonly state: TextState; readonly rows: readonly TextRow[] }
  | {
      readonly kind: 'match';
      readonly count: number;
      /** From 0 to 1. */
      readonly searched: number;
      /** Absent: there is none. */
      readonly match?: { readonly number: number; readonly place: TextPlace; readonly bytes: number };
    }
  /** `end` is absent when nothing begins there. */
  | { readonly kind: 'fold'; readonly end?: number }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'filter';
      /** What was found so far. */
      readonly count: number;
      /** From 0 to 1. */
      readonly searched: number;
      /** Absent until all was looked through. */
      readonly result?: BodyFilterResult;
    }
  /** The path cannot be followed while the text goes by: it needs all of it at once. */
  | { readonly kind: 'unfollowed' }
  /** The body is no longer kept, or what was asked makes no sense (an expression that cannot be read). */
  | { readonly kind: 'trouble'; readonly message: string };
