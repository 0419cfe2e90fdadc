/** What a placeholder came to. Problems have no place yet: only who wrote the placeholder knows it. */
export type Value = FoundValue | MissingValue;

export interface FoundValue {
  readonly ok: true;
  readonly text: string;
  /** True when the text, or a part of it, must be masked. */
  readonly secret: boolean;
  /** Stands for a value that will only be there when the block runs (see `neverResolves`). */
  readonly standIn: boolean;
  /** Something the author should know although there is a value. */
  readonly warning?: { readonly code: string; readonly message: string };
}

export interface MissingValue {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

export function found(text: string, secret = false): FoundValue {
  return { ok: true, text, secret, standIn: false };
}

/** The text is never sent: a block with stand-ins in it is only looked at. */
export const standIn: FoundValue = { ok: true, text: '0', secret: false, standIn: true };

export function missing(code: string, message: string): MissingValue {
  return { ok: false, code, message };
}
