/** What JSON may hold, told apart. A file is not to be trusted: every field is looked at before it is used. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A point in time or a span that a Date can hold. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 8.64e15;
}

/** `[text, text]`. */
export function isPair(value: unknown): value is readonly [string, string] {
  return isList(value) && value.length === 2 && value.every(isText);
}
