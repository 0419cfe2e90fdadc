import * as fc from 'fast-check';

/** What breaks readers of text more often than chance would: ends of lines, controls, half characters, quotes, brackets, bidi marks. */
const nasty = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\x7f',
  '\x85',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\ud800',
  '\udc00',
  '\u202e',
  '{{',
  '}}',
  '"',
  "'",
  '\\',
  '%',
  '%00',
  '%0d%0a',
  '#',
  '?',
  '@',
  ':',
  '//',
  '/../',
  ';',
  '=',
  ',',
  '[',
  ']',
  '<',
  '>',
  '__proto__',
  'constructor',
  '𝒳',
  'ß',
  'é',
  ' ',
  '',
] as const;

/** Text of any characters, with more of the nasty ones. */
export const text = fc
  .array(
    fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 12 })),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

/** Any JSON, with keys that trip naive merges. */
export const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, false, 0, -1, 1e300, 0.1),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(text, fc.constantFrom('__proto__', '$shared', '$session', 'headers', 'proxies')),
      tie('value'),
      {
        maxKeys: 4,
      },
    ),
  ),
})).value;

/** A text with pieces cut out, doubled, swapped and written over: what is left of a file after trouble. */
export function mutated(seeds: readonly string[]): fc.Arbitrary<string> {
  const cut = fc.record({ at: fc.nat(), length: fc.nat({ max: 20 }), into: fc.oneof(text, fc.constant('')) });
  return fc.tuple(fc.constantFrom(...seeds), fc.array(cut, { minLength: 1, maxLength: 4 })).map(([seed, cuts]) =>
    cuts.reduce((each, { at, length, into }) => {
      const start = each.length === 0 ? 0 : at % each.length;
      return each.slice(0, start) + into + each.slice(start + length);
    }, seed),
  );
}

/** One of these values with up to three of its parts, at any depth, written over by any JSON or taken out. */
export function changed(values: readonly unknown[]): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.nat(), fc.option(json, { nil: undefined }));
  return fc
    .tuple(fc.constantFrom(...values), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([value, changes]) => {
      const copy = structuredClone(value);
      for (const [at, by] of changes) {
        const places = placesIn(copy);
        const place = places[at % places.length];
        if (place) place.holder[place.key] = by;
      }
      return copy;
    });
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}
