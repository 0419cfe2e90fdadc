/** Finds any of many texts in another text, in one pass over it. */
export interface SecretSearch {
  /** `text` with `by` for each text found; of those that begin at one place the longest counts. */
  replace(text: string, by: string): string;
  isIn(text: string): boolean;
}

/** What begins with the same characters: the lengths to try, the longest first. */
type Lengths = number[];

/** How many characters the index looks at. */
const indexed = 3;

/**
 * An index by the first three characters: neither the number of texts nor their lengths count for a place where none begins. A regular
 * expression of all of them is refused by the engine when they are long, and tried one after the other when they are many.
 * Texts of fewer than three characters are left out.
 */
export function createSecretSearch(texts: Iterable<string>): SecretSearch {
  const wanted = new Set([...texts].filter((text) => text.length >= indexed));
  const slots = slotsFor(wanted.size);
  const index = indexOf(wanted, slots);
  const mayBegin = new Uint8Array(slots);
  for (const slot of index.keys()) mayBegin[slot] = 1;

  const lengthAt = (text: string, at: number, slot: number): number =>
    index.get(slot)?.find((length) => wanted.has(text.slice(at, at + length))) ?? 0;

  /** The place and the length of the first text found at `from` or behind it. */
  const next = (text: string, from: number): { at: number; length: number } | undefined => {
    const last = text.length - indexed;
    for (let at = from; at <= last; at++) {
      const slot = slotOf(text, at, slots);
      if (mayBegin[slot] === 0) continue;
      const length = lengthAt(text, at, slot);
      if (length > 0) return { at, length };
    }
    return undefined;
  };

  return {
    isIn: (text) => wanted.size > 0 && next(text, 0) !== undefined,
    replace: (text, by) => (wanted.size === 0 ? text : replaced(text, by, next)),
  };
}

function replaced(
  text: string,
  by: string,
  next: (text: string, from: number) => { at: number; length: number } | undefined,
): string {
  const parts: string[] = [];
  let from = 0;
  for (let found = next(text, 0); found; found = next(text, from)) {
    parts.push(text.slice(from, found.at), by);
    from = found.at + found.length;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

function indexOf(wanted: Iterable<string>, slots: number): ReadonlyMap<number, Lengths> {
  const lengths = new Map<number, Set<number>>();
  for (const text of wanted) {
    const slot = slotOf(text, 0, slots);
    const known = lengths.get(slot);
    if (known) known.add(text.length);
    else lengths.set(slot, new Set([text.length]));
  }
  return new Map([...lengths].map(([slot, set]) => [slot, [...set].toSorted((a, b) => b - a)]));
}

/** A power of two with room to spare: at most places of the text the table alone says that nothing begins there. */
function slotsFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(256, count * 16)));
}

function slotOf(text: string, at: number, slots: number): number {
  const mixed =
    Math.imul(text.charCodeAt(at), 0x9e3779b1) ^
    Math.imul(text.charCodeAt(at + 1), 0x85ebca6b) ^
    Math.imul(text.charCodeAt(at + 2), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) & (slots - 1);
}
