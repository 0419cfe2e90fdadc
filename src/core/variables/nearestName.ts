/**
 * The candidates that a mistyped name may have meant, nearest first, at most three. Case counts half a typing error less
 * than a wrong letter, so `Token` finds `token` before `tokens`.
 */
export function nearestNames(name: string, candidates: Iterable<string>): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length / 4));
  return [...new Set(candidates)]
    .filter((candidate) => candidate !== name && Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** ` Did you mean "token"?`, or nothing: made to be put behind a sentence. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestNames(name, candidates).map((candidate) => `"${candidate}"`);
  if (nearest.length === 0) return '';
  return ` Did you mean ${nearest.join(' or ')}?`;
}

/** Optimal string alignment: a swap of two neighbours (`tokne`) is one error, as it is one slip of the fingers. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
