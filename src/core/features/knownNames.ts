import type { Block, HttpDocument } from '../syntax/ast.ts';
import { originOf } from '../syntax/shiftedBlock.ts';
import { blockNames } from './blockNames.ts';

/** The names that a document gives a meaning to. The same object for as long as edits define no other ones. */
export interface KnownNames {
  readonly variables: ReadonlySet<string>;
  /** Everything by which a request may be called, with its id; `undefined` where more than one request is called so. */
  readonly requests: ReadonlyMap<string, string | undefined>;
}

export function knownNames(document: HttpDocument): KnownNames {
  if (last?.document === document) return last.names;
  const origins = document.blocks.map(originOf);
  const names = last && definesTheSame(document, origins, last) ? last.names : namesIn(document);
  last = { document, origins, names };
  return names;
}

interface Known {
  readonly document: HttpDocument;
  readonly origins: readonly Block[];
  readonly names: KnownNames;
}

/** Of the document that was asked about last: between two keystrokes that is nearly always the one that was edited. */
let last: Known | undefined;

/** Whether the blocks in which the two differ define the same names in the same order. */
function definesTheSame(document: HttpDocument, origins: readonly Block[], before: Known): boolean {
  const old = before.origins;
  const shorter = Math.min(old.length, origins.length);
  let first = 0;
  while (first < shorter && old[first] === origins[first]) first++;
  let same = 0;
  while (same < shorter - first && old[old.length - 1 - same] === origins[origins.length - 1 - same]) same++;
  const [oldEnd, end] = [old.length - same, origins.length - same];
  return definedIn(before.document, first, oldEnd) === definedIn(document, first, end);
}

function definedIn(document: HttpDocument, first: number, end: number): string {
  return document.blocks
    .slice(first, end)
    .map((block) => {
      const { names, calledBy } = blockNames(document, block);
      const variables = names.filter(({ role, form }) => role === 'definition' && form === 'variable');
      return [...variables.map(({ name }) => name), '', ...calledBy].join('\n');
    })
    .join('\n\n');
}

function namesIn(document: HttpDocument): KnownNames {
  const variables = new Set<string>();
  const requests = new Map<string, string | undefined>();
  for (const block of document.blocks) {
    const { names, calledBy } = blockNames(document, block);
    for (const { role, form, name } of names) if (role === 'definition' && form === 'variable') variables.add(name);
    for (const name of calledBy) {
      const isTaken = requests.has(name) && requests.get(name) !== calledBy[0];
      requests.set(name, isTaken ? undefined : calledBy[0]);
    }
  }
  return { variables, requests };
}
