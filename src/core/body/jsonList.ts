/** JSON texts as one list, each on a line of its own. */
export function jsonList(texts: readonly string[]): string {
  return `[${texts.join(',\n')}]`;
}
