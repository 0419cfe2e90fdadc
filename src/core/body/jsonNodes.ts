/** The values of a JSON text in the order in which they begin. */
export interface JsonNodes {
  readonly text: string;
  /** First character of the value tells its kind; numbers, escapes and repeated keys stay where they are. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where the key of a member begins and ends, quotes included; -1 for an item or a root. */
  readonly keyStarts: readonly number[];
  readonly keyEnds: readonly number[];
  readonly parents: readonly number[];
  /** The first value behind this one and what it holds. */
  readonly afters: readonly number[];
  /** How many values it holds directly. */
  readonly sizes: readonly number[];
}

/**
 * Finds the values of a JSON text (RFC 8259), without a stack of calls: a hundred thousand levels are nothing special.
 * `undefined` when it is not JSON. With `partial` the text may end early. With `lines` every line holds a text, and value 0 is
 * the list of them.
 */
export function jsonNodes(
  text: string,
  { partial = false, lines = false }: { readonly partial?: boolean; readonly lines?: boolean } = {},
): JsonNodes | undefined {
  return new JsonReader(text, lines).read(partial);
}

type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

class JsonReader implements JsonNodes {
  readonly text: string;
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly keyStarts: number[] = [];
  readonly keyEnds: number[] = [];
  readonly parents: number[] = [];
  readonly afters: number[] = [];
  readonly sizes: number[] = [];
  readonly #lines: boolean;
  #open = -1;
  #at = 0;
  #keyStart = -1;
  #keyEnd = -1;
  #expect: Expect = 'value';

  constructor(text: string, lines: boolean) {
    this.text = text;
    this.#lines = lines;
    if (lines) this.#open = this.#begin();
  }

  read(partial: boolean): JsonNodes | undefined {
    while (this.#skipBlanks()) {
      if (this.#expect === 'nothing' || !this.#step()) {
        if (!partial || this.#at < this.text.length - longestToken) return undefined;
        break;
      }
    }
    const isWhole = this.#expect === 'nothing' || (this.#lines && this.#open === 0 && this.#expect === 'value');
    if (!isWhole && !(partial && this.starts.length > 0)) return undefined;
    for (let node = this.#open; node >= 0; node = this.parents[node] ?? -1) this.#finish(node, this.text.length);
    return this;
  }

  #skipBlanks(): boolean {
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      // A record separator begins each text of a JSON text sequence (RFC 7464).
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && !(this.#lines && code === 0x1e)) break;
      this.#at++;
    }
    return this.#at < this.text.length;
  }

  #step(): boolean {
    const char = this.text.charAt(this.#at);
    switch (this.#expect) {
      case 'value':
        return this.#value(char);
      case 'value-or-end':
        return char === ']' ? this.#close(char) : this.#value(char);
      case 'key':
        return this.#key(char);
      case 'key-or-end':
        return char === '}' ? this.#close(char) : this.#key(char);
      case 'colon':
        return char === ':' && this.#pass('value');
      case 'comma-or-end':
        return char === ',' ? this.#pass(this.#holderIs('{') ? 'key' : 'value') : this.#close(char);
      case 'nothing':
        return false;
    }
  }

  #value(char: string): boolean {
    if (char === '{' || char === '[') {
      this.#open = this.#begin();
      return this.#pass(char === '{' ? 'key-or-end' : 'value-or-end');
    }
    const end = char === '"' ? this.#stringEnd() : this.#scalarEnd();
    if (end < 0) return false;
    this.#finish(this.#begin(), end);
    this.#at = end;
    this.#expect = this.#afterValue();
    return true;
  }

  #key(char: string): boolean {
    const end = char === '"' ? this.#stringEnd() : -1;
    if (end < 0) return false;
    this.#keyStart = this.#at;
    this.#keyEnd = end;
    this.#at = end;
    this.#expect = 'colon';
    return true;
  }

  #close(char: string): boolean {
    const node = this.#open;
    if (node < 0 || !this.#holderIs(char === '}' ? '{' : char === ']' ? '[' : '-')) return false;
    this.#at++;
    this.#finish(node, this.#at);
    this.#open = this.parents[node] ?? -1;
    this.#expect = this.#afterValue();
    return true;
  }

  #begin(): number {
    const node = this.starts.length;
    this.starts.push(this.#at);
    this.ends.push(-1);
    this.keyStarts.push(this.#keyStart);
    this.keyEnds.push(this.#keyEnd);
    this.parents.push(this.#open);
    this.afters.push(node + 1);
    this.sizes.push(0);
    if (this.#open >= 0) this.sizes[this.#open] = (this.sizes[this.#open] ?? 0) + 1;
    this.#keyStart = -1;
    this.#keyEnd = -1;
    return node;
  }

  #finish(node: number, end: number): void {
    this.ends[node] = end;
    this.afters[node] = this.starts.length;
  }

  #pass(next: Expect): boolean {
    this.#at++;
    this.#expect = next;
    return true;
  }

  #holderIs(char: '{' | '[' | '-'): boolean {
    if (this.#lines && this.#open === 0) return false;
    return this.text.charAt(this.starts[this.#open] ?? -1) === char;
  }

  #afterValue(): Expect {
    if (this.#lines && this.#open === 0) return 'value';
    return this.#open < 0 ? 'nothing' : 'comma-or-end';
  }

  /** Behind the string token at the cursor, or -1. */
  #stringEnd(): number {
    let end = this.#at;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) return -1;
    } while (isEscaped(this.text, end));
    return end + 1;
  }

  #scalarEnd(): number {
    scalar.lastIndex = this.#at;
    return scalar.test(this.text) ? scalar.lastIndex : -1;
  }
}

/** A quote is escaped when an odd number of backslashes stands before it. */
function isEscaped(text: string, quote: number): boolean {
  let before = quote;
  while (text.charCodeAt(before - 1) === 0x5c) before--;
  return (quote - before) % 2 === 1;
}

/** A text that was cut may end within a token of any length; one that stops far from its end is no JSON. */
const longestToken = 1_000_000;
