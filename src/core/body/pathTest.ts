/** Whether a value passes a filter of a JSONPath. */
export type PathTest = (value: unknown) => boolean;

type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

const name = String.raw`\.[\p{L}_][\p{L}\p{N}_]*|\['[^'\\]*'\]|\["[^"\\]*"\]|\[(?:0|[1-9]\d{0,14})\]`;
const literal = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|'[^'\\]*'|"[^"\\]*"|true|false|null`;
const filter = new RegExp(
  String.raw`\s*\[\s*\?\s*(\()?\s*@((?:${name})*)\s*(?:(==|!=|<=|>=|<|>)\s*(${literal})\s*)?(\))?\s*\]`,
  'uy',
);
const part = new RegExp(name, 'gu');

/** Reads `[?@.a.b > 10]` or `[?@.a]` (RFC 9535 2.3.5) at a place of a path; `undefined` for what asks for more than one comparison. */
export function pathTest(text: string, at: number): { readonly test: PathTest; readonly end: number } | undefined {
  filter.lastIndex = at;
  const found = filter.exec(text);
  if (!found) return undefined;
  const [, open, path = '', operator, written, close] = found;
  if ((open === undefined) !== (close === undefined)) return undefined;
  const keys = (path.match(part) ?? []).map(keyOf);
  const end = filter.lastIndex;
  if (operator === undefined || written === undefined) return { test: (value) => follow(value, keys).is, end };
  const wanted = literalValue(written);
  return { test: (value) => compare(follow(value, keys), operator as Operator, wanted), end };
}

function keyOf(written: string): string | number {
  if (written.startsWith('.')) return written.slice(1);
  const inside = written.slice(1, -1);
  return /^\d/.test(inside) ? Number(inside) : inside.slice(1, -1);
}

function literalValue(written: string): unknown {
  return written.startsWith("'") ? written.slice(1, -1) : JSON.parse(written);
}

interface Place {
  /** Whether there is a value. */
  readonly is: boolean;
  readonly value?: unknown;
}

function follow(value: unknown, keys: readonly (string | number)[]): Place {
  let at = value;
  for (const key of keys) {
    const isHolder = typeof at === 'object' && at !== null && Array.isArray(at) === (typeof key === 'number');
    if (!isHolder || !Object.hasOwn(at as object, key)) return { is: false };
    at = (at as Record<string | number, unknown>)[key];
  }
  return { is: true, value: at };
}

/** RFC 9535 2.3.5.2.2: only numbers and only strings are less than each other; what is not there equals no literal. */
function compare({ is, value }: Place, operator: Operator, wanted: unknown): boolean {
  const isEqual = is && value === wanted;
  switch (operator) {
    case '==':
      return isEqual;
    case '!=':
      return !isEqual;
    case '<':
      return isLess(value, wanted);
    case '<=':
      return isEqual || isLess(value, wanted);
    case '>':
      return isLess(wanted, value);
    case '>=':
      return isEqual || isLess(wanted, value);
  }
}

function isLess(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  return typeof one === 'string' && typeof other === 'string' && one < other;
}
