/** A JSON text with its numbers exactly as written: `1.10` and twenty digits survive being looked up and shown. */
export interface ExactJson {
  readonly value: unknown;
  /** The value at `key` of `holder` (an object or array of `value`) as text: strings as they are, the rest as JSON. */
  show(holder: unknown, key: string | number): string;
}

/** `undefined` when `text` is not JSON. */
export function exactJson(text: string): ExactJson | undefined {
  const sources = new WeakMap<object, Map<string, string>>();
  try {
    const root: unknown = exact.parse(text, function keep(this: object, key, value, context) {
      if (typeof value === 'number' && context?.source !== undefined && context.source !== String(value)) {
        sources.set(this, (sources.get(this) ?? new Map()).set(key, context.source));
      }
      return value;
    });
    return { value: root, show: (holder, key) => show(sources, holder, String(key)) };
  } catch {
    return undefined;
  }
}

/** ES2025's view of `JSON`: the compiler's library does not know it yet, every host we run in does. */
interface ExactParser {
  parse(
    text: string,
    reviver: (this: object, key: string, value: unknown, context: { readonly source?: string } | undefined) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}

const exact = JSON as unknown as ExactParser;

function show(sources: WeakMap<object, Map<string, string>>, holder: unknown, key: string): string {
  if (typeof holder !== 'object' || holder === null) return JSON.stringify(holder);
  const value = (holder as Record<string, unknown>)[key];
  if (typeof value === 'string') return value;
  const source = sources.get(holder)?.get(key);
  if (source !== undefined) return source;
  return JSON.stringify(value, function restore(this: object, innerKey, inner: unknown) {
    const text = sources.get(this)?.get(innerKey);
    return text === undefined ? inner : exact.rawJSON(text);
  });
}
