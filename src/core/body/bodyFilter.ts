/** What a filter is asked of: a text of this kind. */
export type FilteredFormat = 'json' | 'json-lines' | 'xml';

/** What a filter found, as it was sent, each with its place. */
export type BodyFilterResult =
  | { readonly kind: 'found'; readonly text: string; readonly places: readonly string[] }
  | { readonly kind: 'nothing' }
  /** In words: what is wrong with the filter or with the body. */
  | { readonly kind: 'trouble'; readonly message: string };

/** Our choice: more than this is no filter but the body again. */
export const foundLimits = { items: 20_000, characters: 4 * 1024 * 1024 } as const;

/** The pieces that fit, and in words what was left away. */
export function foundPieces(
  pieces: readonly { readonly text: string; readonly place: string }[],
  join: (texts: readonly string[]) => string,
): BodyFilterResult {
  if (pieces.length === 0) return { kind: 'nothing' };
  let characters = 0;
  const kept = pieces.slice(0, foundLimits.items).filter(({ text }, index) => {
    characters += text.length;
    return index === 0 || characters <= foundLimits.characters;
  });
  if (kept.length < pieces.length) {
    return {
      kind: 'trouble',
      message: `The filter finds ${pieces.length} values, more than can be shown. Make it narrower.`,
    };
  }
  return { kind: 'found', text: join(kept.map(({ text }) => text)), places: kept.map(({ place }) => place) };
}
