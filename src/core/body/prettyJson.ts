/**
 * Re-indents JSON without reading its values: every number, escape and repeated key stays as it was sent, character for character.
 * `undefined` when the text is not JSON, or when indenting would blow it up. With `partial` a text that ends early is fine.
 */
export function prettyJson(text: string, partial = false): string | undefined {
  return new JsonPrinter(text, partial).print();
}

/** Our choice: deeper than this nobody reads, and each level costs its indentation on every line. */
const maxDepth = 500;
/** Our choice: a text that grows beyond this many times its length stays as it is. */
const maxGrowth = 8;
/** Our choice: what fits in this many characters may stay on one line; blanks in the source may take three times as many more. */
const lineWidth = 72;
const leafWindow = 4 * lineWidth;

type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

class JsonPrinter {
  readonly #text: string;
  readonly #partial: boolean;
  readonly #open: ('[' | '{')[] = [];
  #out = '';
  #at = 0;
  #expect: Expect = 'value';

  constructor(text: string, partial: boolean) {
    this.#text = text;
    this.#partial = partial;
  }

  print(): string | undefined {
    const limit = this.#text.length * maxGrowth + 65_536;
    while (this.#skipBlanks()) {
      if (!this.#step() || this.#open.length > maxDepth || this.#out.length > limit) return undefined;
    }
    return this.#expect === 'nothing' || (this.#partial && this.#out !== '') ? this.#out : undefined;
  }

  /** False at the end of the text. */
  #skipBlanks(): boolean {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at++;
    return this.#at < this.#text.length;
  }

  #step(): boolean {
    const char = this.#text.charAt(this.#at);
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
        return char === ':' && this.#write(': ', 'value');
      case 'comma-or-end':
        return char === ',' ? this.#comma() : this.#close(char);
      case 'nothing':
        return false;
    }
  }

  #value(char: string): boolean {
    if (char === '{' || char === '[') return this.#container(char);
    const token = char === '"' ? this.#string() : this.#scalar();
    return token !== undefined && this.#copy(token, this.#afterValue());
  }

  #container(char: '{' | '['): boolean {
    const leaf = this.#leaf(char);
    if (leaf !== undefined) {
      this.#out += leaf.shown;
      this.#at += leaf.length;
      this.#expect = this.#afterValue();
      return true;
    }
    this.#open.push(char);
    return this.#write(char + this.#newLine(), char === '{' ? 'key-or-end' : 'value-or-end');
  }

  /** Short containers of plain values stay on one line: empty ones, lists, and the objects of a list, as in a table. */
  #leaf(char: '{' | '['): { shown: string; length: number } | undefined {
    const window = this.#text.slice(this.#at, this.#at + leafWindow);
    const found = (char === '{' ? leafObject : leafArray).exec(window)?.[0];
    if (found === undefined) return undefined;
    const tokens = found.match(leafTokens) ?? [];
    if (tokens.length === 2) return { shown: tokens.join(''), length: found.length };
    if (this.#open.length === 0 || (char === '{' && this.#open.at(-1) !== '[')) return undefined;
    const inner = tokens.slice(1, -1).map((token) => (token === ',' || token === ':' ? `${token} ` : token));
    const shown = char === '{' ? `{ ${inner.join('')} }` : `[${inner.join('')}]`;
    return shown.length <= lineWidth ? { shown, length: found.length } : undefined;
  }

  #key(char: string): boolean {
    const token = char === '"' ? this.#string() : undefined;
    return token !== undefined && this.#copy(token, 'colon');
  }

  #comma(): boolean {
    return this.#write(`,${this.#newLine()}`, this.#open.at(-1) === '{' ? 'key' : 'value');
  }

  #close(char: string): boolean {
    const opened = this.#open.pop();
    if (char !== (opened === '{' ? '}' : opened === '[' ? ']' : '')) return false;
    return this.#write(this.#newLine() + char, this.#afterValue());
  }

  /** The string token at the cursor; to the end of the text when it is cut there. */
  #string(): string | undefined {
    let end = this.#at;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) return this.#partial ? this.#text.slice(this.#at) : undefined;
    } while (isEscaped(this.#text, end));
    return this.#text.slice(this.#at, end + 1);
  }

  #scalar(): string | undefined {
    let end = this.#at;
    while (end < this.#text.length && !isDelimiter(this.#text.charCodeAt(end))) end++;
    const token = this.#text.slice(this.#at, end);
    const cutHere = this.#partial && end === this.#text.length;
    return cutHere || scalar.test(token) ? token : undefined;
  }

  #copy(token: string, next: Expect): boolean {
    this.#out += token;
    this.#at += token.length;
    this.#expect = next;
    return true;
  }

  /** Writes punctuation that stands for the one character at the cursor. */
  #write(shown: string, next: Expect): boolean {
    this.#out += shown;
    this.#at += 1;
    this.#expect = next;
    return true;
  }

  #afterValue(): Expect {
    return this.#open.length === 0 ? 'nothing' : 'comma-or-end';
  }

  #newLine(): string {
    return `\n${'  '.repeat(this.#open.length)}`;
  }
}

const scalar = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
const leafScalar = String.raw`(?:"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)`;
const leafPair = String.raw`"(?:[^"\\]|\\.)*"\s*:\s*${leafScalar}`;
/** Run on a short window only, so that their backtracking is bounded. */
const leafObject = new RegExp(String.raw`^\{\s*(?:${leafPair}\s*(?:,\s*${leafPair}\s*)*)?\}`);
const leafArray = new RegExp(String.raw`^\[\s*(?:${leafScalar}\s*(?:,\s*${leafScalar}\s*)*)?\]`);
const leafTokens = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isDelimiter(code: number): boolean {
  return isBlank(code) || code === 0x2c || code === 0x5d || code === 0x7d || code === 0x3a;
}

/** A quote is escaped when an odd number of backslashes stands before it. */
function isEscaped(text: string, quote: number): boolean {
  let before = quote;
  while (text.charCodeAt(before - 1) === 0x5c) before--;
  return (quote - before) % 2 === 1;
}
