import { UsageError } from './usageError.ts';

/** `NAME=VALUE` of each text; the value may be empty and hold more equals signs. `option` is named in the complaint. */
export function variableAssignments(texts: readonly string[], option: string): readonly (readonly [string, string])[] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    const name = text.slice(0, at).trim();
    if (at < 0 || name === '') throw new UsageError(`${option} takes NAME=VALUE, not "${text}".`);
    return [name, text.slice(at + 1)] as const;
  });
}
