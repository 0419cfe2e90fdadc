import { sizeWords } from '../text/sizeWords.ts';

/** What a filter is asked of: a text of this kind. */
export type FilteredFormat = 'json' | 'json-lines' | 'xml';

/** What a filter found, as it was sent, each with its place. */
export type BodyFilterResult =
  | {
      readonly kind: 'found';
      readonly text: string;
      readonly places: readonly string[];
      /** How many were found, when not all of them are here. */
      readonly count?: number;
      /** In words, why there may be more. */
      readonly remark?: string;
    }
  | { readonly kind: 'nothing' }
  /** In words: what is wrong with the filter or with the body. */
  | { readonly kind: 'trouble'; readonly message: string };

/** Our choice: more than this is no filter but the body again. */
export const foundLimits = { items: 20_000, characters: 4 * 1024 * 1024 } as const;

export interface FoundPiece {
  readonly place: string;
  /** Of its text, in characters or bytes. */
  readonly length: number;
  readonly text: () => string;
}

export interface FoundPieces {
  readonly pieces: readonly FoundPiece[];
  /** How many were found; absent: the pieces are all. */
  readonly count?: number;
  /** Sentences about what was not looked through. */
  readonly remarks?: readonly string[];
  readonly join: (texts: readonly string[]) => string;
}

/** The pieces that fit, how many there are, and in words what was left away. */
export function foundPieces({ pieces, count = pieces.length, remarks = [], join }: FoundPieces): BodyFilterResult {
  const [first] = pieces;
  if (!first) return remarks.length === 0 ? { kind: 'nothing' } : { kind: 'trouble', message: remarks.join(' ') };
  if (first.length > foundLimits.characters) return { kind: 'trouble', message: tooLarge(first) };
  const kept = pieces.slice(0, fitting(pieces));
  const said = kept.length < count ? [...remarks, firstOnes(kept.length)] : remarks;
  return {
    kind: 'found',
    text: join(kept.map(({ text }) => text())),
    places: kept.map(({ place }) => place),
    ...(kept.length < count && { count }),
    ...(said.length > 0 && { remark: said.join(' ') }),
  };
}

function fitting(pieces: readonly FoundPiece[]): number {
  let characters = 0;
  const end = pieces.findIndex(({ length }) => (characters += length) > foundLimits.characters);
  return Math.min(foundLimits.items, end < 0 ? pieces.length : end);
}

function firstOnes(count: number): string {
  return `The first ${count.toLocaleString('en')} are shown: make the filter narrower to see others.`;
}

function tooLarge({ place, length }: FoundPiece): string {
  const what = place === '' ? 'What it finds' : `What it finds at ${place}`;
  return `${what} has ${sizeWords(length)}, more than can be shown. Make the filter narrower, or save the body.`;
}
