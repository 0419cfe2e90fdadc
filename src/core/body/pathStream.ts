import { backslash } from './jsonBytes.ts';
import { jsonPath, stringValue } from './jsonTree.ts';
import { JsonWalk, type JsonVisitor, type ValueKind } from './jsonWalk.ts';
import type { PathSelector, PathStep } from './pathSteps.ts';

/** A value that a path found: where it stands in the text, in bytes, and what its place is called. */
export interface FoundValue {
  readonly start: number;
  /** Negative until it is known. */
  end: number;
  /** Where the value begins that `..` looked into: what was found stands in the order of these (RFC 9535 2.5.2.2). */
  readonly under: number;
  readonly place: string;
}

export interface PathStreamOptions {
  readonly steps: readonly PathStep[];
  /** One JSON text a line: the root is the list of them. */
  readonly isLines: boolean;
  /** Bytes of the text that went by. */
  readonly read: (from: number, to: number) => Uint8Array;
  /** Values beyond these are counted and not kept. */
  readonly mostFound: number;
}

/** Our choice: a value that a filter looks at is read as a whole. */
const largestTested = 16_000_000;
/** Our choice: nobody's path leads deeper than this; each level that is looked into costs a little memory. */
const deepest = 20_000;
/** Bytes; a longer one is no name of a path. */
const longestKey = 64 * 1024;

/** What is to be done at the end of a value. */
interface Entered {
  readonly start: number;
  readonly found: FoundValue | undefined;
  /** Bit i: the path goes on in it when it passes step i. */
  readonly tests: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const nothingAsked: PathStep = { selector: { kind: 'all' }, isDeep: false };
const nothingEntered: Entered = { found: undefined, tests: 0, start: 0 };

/** An object or a list that is read and may hold what the path leads to. */
interface Level {
  readonly kind: ValueKind;
  readonly start: number;
  readonly entered: Entered;
  /** Bit i: the first i steps led here. */
  readonly led: number;
  /** The item that is read now, and the key of the member. */
  index: number;
  keyStart: number;
  keyEnd: number;
  key: string | undefined;
  /** What was found in members of the path's names: of those with one name the last counts (RFC 8259 4). */
  named: Map<string, { readonly from: number; to: number }> | undefined;
}

/** Follows a path through a JSON text that comes in pieces: it keeps what it found and how deep it is, however large the text. */
export class PathStream implements JsonVisitor {
  readonly found: FoundValue[] = [];
  /** Also what was not kept. */
  count = 0;
  /** Values that were too large for a filter. */
  untested = 0;
  /** Byte at which it became too deep. */
  tooDeepAt: number | undefined;
  readonly #walk: JsonWalk;
  readonly #options: PathStreamOptions;
  readonly #last: number;
  readonly #deepStep: number;
  readonly #names: readonly (Uint8Array | undefined)[];
  /** Bit i: step i is a filter. */
  readonly #tests: number;
  readonly #levels: Level[] = [];
  #leaf: Entered | undefined;
  #piece: Uint8Array = new Uint8Array();

  constructor(options: PathStreamOptions) {
    this.#options = options;
    const { steps } = options;
    this.#last = steps.length;
    this.#deepStep = steps.findIndex(({ isDeep }) => isDeep);
    this.#names = steps.map(({ selector }) => (selector.kind === 'name' ? encoder.encode(selector.name) : undefined));
    this.#tests = steps.reduce((tests, { selector }, step) => tests | (Number(selector.kind === 'test') << step), 0);
    this.#walk = new JsonWalk(this, options.isLines);
    if (options.isLines) this.#open('array', 0, this.#enter(0, 1, 0), 1);
  }

  /** Byte from which on the text is no JSON; absent: it is, or nobody looked. */
  get brokenAt(): number | undefined {
    return this.#walk.brokenAt;
  }

  feed(piece: Uint8Array): void {
    this.#piece = piece;
    this.#walk.feed(piece);
  }

  /** Ends the text: what was found stands in the order of the path, and what is not whole is left out. */
  finish(): void {
    this.#walk.end();
    const root = this.#levels[0];
    if (this.#options.isLines && root && this.#walk.brokenAt === undefined) this.#leave(root.entered, this.#walk.bytes);
    const whole = this.found.filter(({ end }) => end >= 0);
    this.count -= this.found.length - whole.length;
    this.found.splice(0, this.found.length, ...whole.toSorted((a, b) => a.under - b.under || a.start - b.start));
  }

  key(start: number, end: number): void {
    const level = this.#levels.at(-1);
    if (!level) return;
    if (level.named) for (const range of level.named.values()) if (range.to < 0) range.to = this.count;
    level.keyStart = start;
    level.keyEnd = end;
    level.key = undefined;
  }

  begin(start: number, kind: ValueKind): boolean {
    const level = this.#levels.at(-1);
    if (level) level.index++;
    const led = level ? this.#ledFrom(level) : 1;
    const entered = this.#enter(start, led, level ? level.led & this.#tests : 0);
    const isLeaf = kind === 'scalar' || (led & ~(1 << this.#last)) === 0 || this.#isTooDeep(start);
    if (isLeaf) this.#leaf = entered;
    else this.#open(kind, start, entered, led);
    return !isLeaf;
  }

  end(end: number): void {
    const entered = this.#leaf ?? this.#levels.pop()?.entered ?? nothingEntered;
    this.#leaf = undefined;
    this.#leave(entered, end);
  }

  #open(kind: ValueKind, start: number, entered: Entered, led: number): void {
    this.#levels.push({
      kind,
      start,
      entered,
      led,
      index: -1,
      keyStart: 0,
      keyEnd: 0,
      key: undefined,
      named: undefined,
    });
  }

  #isTooDeep(start: number): boolean {
    if (this.#levels.length < deepest) return false;
    this.tooDeepAt ??= start;
    return true;
  }

  /** Which steps lead to the value that begins now. */
  #ledFrom(level: Level): number {
    const { steps } = this.#options;
    let led = 0;
    let name: string | undefined;
    for (let step = 0; step < this.#last; step++) {
      const { selector, isDeep } = steps[step] ?? nothingAsked;
      if ((level.led & (1 << step)) === 0) continue;
      if (isDeep) led |= 1 << step;
      if (!this.#selects(selector, step, level)) continue;
      led |= 1 << (step + 1);
      if (selector.kind === 'name') ({ name } = selector);
    }
    if (name !== undefined) this.#forgetEarlier(level, name);
    return led;
  }

  #selects(selector: PathSelector, step: number, level: Level): boolean {
    switch (selector.kind) {
      case 'all':
        return true;
      case 'slice': {
        const { from, to, every } = selector;
        const isItem = level.kind === 'array' && level.index >= from && level.index < to;
        return isItem && (level.index - from) % every === 0;
      }
      case 'name':
        return level.kind === 'object' && this.#isNamed(level, step, selector.name);
      case 'test':
        return false;
    }
  }

  /** Takes back what was found in an earlier member of this name. */
  #forgetEarlier(level: Level, name: string): void {
    const named = (level.named ??= new Map());
    const earlier = named.get(name);
    if (earlier) {
      const lost = earlier.to - earlier.from;
      this.found.splice(earlier.from, lost);
      this.count -= lost;
      for (const [other, { from, to }] of named) {
        if (from >= earlier.to) named.set(other, { from: from - lost, to: to - lost });
      }
    }
    named.set(name, { from: this.count, to: -1 });
  }

  #isNamed(level: Level, step: number, name: string): boolean {
    const { keyStart, keyEnd } = level;
    const wanted = this.#names[step];
    const at = keyStart - this.#walk.bytes;
    // Most keys lie in this piece, and are others.
    if (at >= 0 && wanted && !hasBackslash(this.#piece, at, keyEnd - keyStart))
      return isQuoted(this.#piece, at, keyEnd - keyStart, wanted);
    return this.#keyOf(level) === name;
  }

  #keyOf(level: Level): string {
    const bytes = level.key === undefined ? this.#keyBytes(level) : undefined;
    return (level.key ??= bytes ? stringValue(decoder.decode(bytes)) : '…');
  }

  /** With its quotes; absent when it is too long to be meant. */
  #keyBytes({ keyStart, keyEnd }: Level): Uint8Array | undefined {
    const pieceStart = this.#walk.bytes;
    if (keyEnd - keyStart > longestKey) return undefined;
    if (keyStart < pieceStart) return this.#options.read(keyStart, keyEnd);
    return this.#piece.subarray(keyStart - pieceStart, keyEnd - pieceStart);
  }

  #enter(start: number, led: number, tests: number): Entered {
    const isFound = (led & (1 << this.#last)) !== 0;
    if (!isFound && tests === 0) return nothingEntered;
    return { start, tests, found: isFound ? this.#keep(start, -1, this.#under(this.#last)) : undefined };
  }

  /** Where the value begins that `..` looked into, on the way of so many steps to the value that begins or ends now. */
  #under(steps: number): number {
    if (this.#deepStep < 0 || steps <= this.#deepStep) return 0;
    return this.#levels.at(this.#deepStep - steps)?.start ?? 0;
  }

  #keep(start: number, end: number, under: number, place?: string): FoundValue | undefined {
    this.count++;
    if (this.found.length >= this.#options.mostFound) return undefined;
    const found = { start, end, under, place: place ?? this.#place() };
    this.found.push(found);
    return found;
  }

  #place(): string {
    return jsonPath(this.#levels.map((level) => (level.kind === 'object' ? this.#keyOf(level) : level.index)));
  }

  #leave({ found, tests, start }: Entered, end: number): void {
    if (found) found.end = end;
    for (let step = 0; tests >> step > 0; step++) if ((tests & (1 << step)) !== 0) this.#test(step, start, end);
  }

  /** Follows the rest of the path in a value that passes. */
  #test(step: number, start: number, end: number): void {
    const { steps, read, mostFound } = this.#options;
    const selector = steps[step]?.selector;
    const isTooLarge = end - start > largestTested;
    if (isTooLarge) this.untested++;
    if (isTooLarge || selector?.kind !== 'test') return;
    const bytes = read(start, end);
    if (!selector.test(valueOf(bytes))) return;
    const rest = new PathStream({
      steps: steps.slice(step + 1),
      isLines: false,
      read: (from, to) => bytes.subarray(from, to),
      mostFound: Math.max(0, mostFound - this.found.length),
    });
    rest.feed(bytes);
    rest.finish();
    for (const each of rest.found) {
      const under = this.#deepStep > step ? start + each.under : this.#under(step + 1);
      this.#keep(start + each.start, start + each.end, under, this.#place() + each.place.slice(1));
    }
    this.count += rest.count - rest.found.length;
    this.untested += rest.untested;
  }
}

function hasBackslash(bytes: Uint8Array, start: number, length: number): boolean {
  for (let at = start; at < start + length; at++) if (bytes[at] === backslash) return true;
  return false;
}

function isQuoted(bytes: Uint8Array, start: number, length: number, name: Uint8Array): boolean {
  if (length !== name.length + 2) return false;
  for (let at = 0; at < name.length; at++) if (bytes[start + 1 + at] !== name[at]) return false;
  return true;
}

/** `undefined` for what is no JSON: no filter finds that. */
function valueOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}
