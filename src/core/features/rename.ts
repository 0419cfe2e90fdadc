import { nameAt, type NameUse } from './names.ts';
import { occurrences, type AddressedDocument, type Neighbours } from './occurrences.ts';
import type { Replacement } from './replacement.ts';

/** What a rename changes: replacements by the address of their file. Or, in words, why it cannot be done. */
export type Rename =
  | { readonly ok: true; readonly replacements: ReadonlyMap<string, readonly Replacement[]> }
  | { readonly ok: false; readonly message: string };

/** Gives the name at `offset` another one everywhere it means the same: in this file, in linked files, in the environment. */
export function rename(own: AddressedDocument, offset: number, newName: string, neighbours: Neighbours): Rename {
  const name = nameAt(own.document, offset);
  if (!name) return { ok: false, message: 'There is no variable and no request name here.' };
  const found = occurrences(own, offset, neighbours);
  const objection = whyNot(name, newName.trim(), found);
  if (objection !== undefined) return { ok: false, message: objection };
  const replacements = new Map<string, Replacement[]>();
  for (const { address, span, name: whole } of found) {
    const list = replacements.get(address) ?? [];
    list.push({ span, text: writtenName(newName.trim(), whole, span.end - span.start) });
    replacements.set(address, list);
  }
  return { ok: true, replacements };
}

function whyNot(
  name: NameUse,
  newName: string,
  found: readonly { readonly name: string; readonly span: NameUse['span'] }[],
): string | undefined {
  if (newName === '') return 'A name has at least one character.';
  const pattern = name.kind === 'request' ? /^[\p{L}\p{N}_-]+$/u : /^[^\s={}$%"'`()[\]#@/\\,;]+$/u;
  if (!pattern.test(newName)) {
    return `"${newName}" cannot be a name here: use letters, digits, - and _${name.kind === 'variable' ? ', and dots' : ''}.`;
  }
  const isNested = name.kind === 'variable' && found.some((each) => each.span.end - each.span.start < each.name.length);
  if (isNested && prefixOf(newName) !== prefixOf(name.name)) {
    return `"${name.name}" stands in an object of an environment file: its path "${prefixOf(name.name)}" must stay.`;
  }
  return undefined;
}

/** The key of a nested object is only the last step of the name. */
function writtenName(newName: string, whole: string, length: number): string {
  return whole.includes('.') && length < whole.length ? newName.slice(prefixOf(newName).length) : newName;
}

function prefixOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.') + 1);
}
