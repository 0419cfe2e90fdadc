import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problems } from '../../../src/core/features/problems.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { templatesIn } from '../../../src/core/syntax/template.ts';

const small = 6_000;
const factor = 8;
/** Eight times the text may cost eight times the looks; the rest is for what each text costs whatever its length. */
const allowed = factor * 1.25;

/** Texts made to have a search repeated from every line: `[above, repeated, below]`. */
const texts: Record<string, readonly [string, string, string]> = {
  separators: ['', '###\n', ''],
  'indented separators': ['', '  ### a\n', ''],
  'indented separators above a request': ['', '  ### a\n', 'GET /a'],
  'marks of a title': ['### ', ' #', ''],
  'braces on one line': ['', '{{', ''],
  'braces on many lines': ['', '{{\n', ''],
  'placeholders without an end': ['', '{{x\n', ''],
  'closing braces': ['', '}}\n', ''],
  'braces in a head': ['GET /x\n', '{{a\n', ''],
  'braces in a header name': ['GET /x\n', '{{', ''],
  'braces in a body': ['GET /x\n\n', '{{\n', ''],
  'blanks behind a target': ['GET /x', '  ', 'y'],
  'versions behind a target': ['GET /x', ' HTTP/1.1', ''],
  'handlers without an end': ['', '> {%\n', ''],
  'handlers in a body': ['GET /x\n\n', '> {%\n%}\n', ''],
  'pre-scripts without an end': ['', '< {%\n', ''],
  'scripts without an end in many blocks': ['', '> {%\n###\n', ''],
  'block comments without an end': ['', '/*\n', ''],
  'comments above a request in a body': ['GET /x\n\n{}\n\n', '# c\n', 'GET /y'],
  'requests without separators': ['', 'GET /x\n\n', ''],
  'request lines in a head': ['', 'GET /x\n', ''],
  'variables behind a body': ['GET /x\n\nz\n', '@a = 1\n\n', ''],
  'outputs above text': ['GET /x\n\n', '>> a\n', 'x'],
  'continuation lines': ['GET /x?\n', '  a=b&\n', ''],
  'folded lines': ['GET /x\nA: b\n', ' c\n', ''],
  'pasted responses': ['', 'GET /x\n\nHTTP/1.1 200 OK\n\n', ''],
  'hosts of many labels': ['', 'a.', ''],
  'curl commands with open quotes': ['', 'curl "x\n###\n', ''],
  'escapes in curl': ['curl ', '\\\n', ''],
  'carets in curl': ['curl ', '^ ', ''],
  'quotes of a function': ['{{$f ', '"', ''],
  'blanks before a function': ['{{', ' ', '$f "a" "b"'],
  prose: ['', 'hello world\n', ''],
  'same names': ['', '### a\nGET /x\n', ''],
};

describe('eight times the text costs no more than eight times the looks at it', () => {
  for (const [name, [above, repeated, below]] of Object.entries(texts)) {
    test(name, () => {
      const grown = (length: number) => above + repeated.repeat(length / repeated.length) + below;
      const once = looks(grown(small));
      const more = looks(grown(small * factor));
      assert.ok(more <= once * allowed, `${once} looks at the text, ${more} at eight times of it`);
    });
  }
});

const searched = ['charCodeAt', 'indexOf', 'startsWith', 'slice', 'charAt', 'includes', 'lastIndexOf'] as const;
type Searched = (...args: never[]) => unknown;

/** How many characters the parser looks at: one for a character taken, and for a search as many as it passes over. */
function looks(text: string): number {
  let count = 0;
  const prototype = String.prototype as unknown as Record<string, Searched>;
  const originals = searched.map((name) => [name, prototype[name]!] as const);
  for (const [name, original] of originals) {
    prototype[name] = function (this: string, ...args: never[]) {
      const result = Reflect.apply(original, this, args);
      count += passedOver(name, this.length, args[1], result);
      return result;
    };
  }
  try {
    problems(parse(text));
    templatesIn(text);
  } finally {
    for (const [name, original] of originals) prototype[name] = original;
  }
  return count;
}

function passedOver(name: string, length: number, from: unknown, result: unknown): number {
  if (name !== 'indexOf') return 1;
  const start = typeof from === 'number' ? from : 0;
  return (typeof result === 'number' && result !== -1 ? result : length) - start + 1;
}
