/**
 * A JSON text in one form: members by name, one a line, two blanks a level. Numbers and strings stay as they are written, and so do members of
 * the same name, in their order. `undefined` for what is no JSON or is nested too deeply.
 */
export function normalJson(text: string): string | undefined {
  const tokens = [...text.matchAll(token)].map(([each]) => each.trim()).filter((each) => each !== '');
  // What lies between the tokens must be nothing.
  if (tokens.join('').length !== text.replace(outside, '$1').length) return undefined;
  const reader = new Reader(tokens);
  const value = reader.value(0);
  return value === undefined || !reader.isAtEnd ? undefined : value;
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;
/** White space that is not in a string. */
const outside = /("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g;

const deepest = 1000;

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  value(depth: number): string | undefined {
    const next = this.#tokens[this.#at++];
    if (next === undefined || depth > deepest || /^[}\]:,]$/.test(next)) return undefined;
    if (next === '{') return this.#object(depth);
    return next === '[' ? this.#array(depth) : next;
  }

  #object(depth: number): string | undefined {
    const members: (readonly [name: string, text: string])[] = [];
    if (this.#skip('}')) return '{}';
    do {
      const name = this.#tokens[this.#at++];
      if (name?.startsWith('"') !== true || !this.#skip(':')) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      members.push([name, `${name}: ${value}`]);
    } while (this.#skip(','));
    if (!this.#skip('}')) return undefined;
    const sorted = members.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, text]) => text);
    return this.#lines('{', sorted, '}', depth);
  }

  #array(depth: number): string | undefined {
    const items: string[] = [];
    if (this.#skip(']')) return '[]';
    do {
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      items.push(value);
    } while (this.#skip(','));
    return this.#skip(']') ? this.#lines('[', items, ']', depth) : undefined;
  }

  #lines(open: string, items: readonly string[], close: string, depth: number): string {
    const indent = '  '.repeat(depth + 1);
    return `${open}\n${items.map((item) => indent + item).join(',\n')}\n${'  '.repeat(depth)}${close}`;
  }

  #skip(wanted: string): boolean {
    if (this.#tokens[this.#at] !== wanted) return false;
    this.#at += 1;
    return true;
  }
}
