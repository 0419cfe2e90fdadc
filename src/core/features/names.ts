import type { HttpDocument } from '../syntax/ast.ts';
import { findRequest, requestId } from '../syntax/query.ts';
import { spanContains, type Span } from '../text/span.ts';
import { blockNames, type LocalName } from './blockNames.ts';
import { knownNames } from './knownNames.ts';

/** A name written somewhere in a document: where it is given its meaning, or where it is used. */
export interface NameUse {
  readonly kind: 'variable' | 'request';
  /** What it means: a request that is written by its alias (`Get_it` for `Get it`) has its own id here. */
  readonly name: string;
  /** The characters of the name alone. */
  readonly span: Span;
  readonly role: 'definition' | 'use';
}

/** All names of a document in order of place. */
export function namesOf(document: HttpDocument): readonly NameUse[] {
  const known = remembered.get(document);
  if (known) return known;
  const meaning = meaningIn(document);
  const names: NameUse[] = [];
  for (const block of document.blocks) {
    const { start } = block.span;
    for (const name of blockNames(document, block).names) names.push(meant(name, start, meaning));
  }
  remembered.set(document, names);
  return names;
}

/** A tree never changes, and every feature asks for its names: they are looked for once. */
const remembered = new WeakMap<HttpDocument, readonly NameUse[]>();

/** The name under the cursor; at its last character's end too, as editors count it. */
export function nameAt(document: HttpDocument, offset: number): NameUse | undefined {
  return namesOf(document).find(({ span }) => spanContains(span, offset));
}

/** Whether `use` and `other` mean the same thing of one document. */
export function isSameName(use: Pick<NameUse, 'kind' | 'name'>, other: Pick<NameUse, 'kind' | 'name'>): boolean {
  return use.kind === other.kind && use.name === other.name;
}

export interface Meaning {
  isVariable(name: string): boolean;
  /** The id of the request that a written name means at an offset. */
  requestOf(written: string, offset: number): string | undefined;
}

/** `findRequest` looks at every block of a new tree: it is asked only about names that more than one request has. */
export function meaningIn(document: HttpDocument): Meaning {
  const { variables, requests } = knownNames(document);
  return {
    isVariable: (name) => variables.has(name),
    requestOf: (written, offset) => {
      if (!requests.has(written)) return undefined;
      const only = requests.get(written);
      if (only !== undefined) return only;
      const block = findRequest(document, written, offset);
      return block && requestId(block);
    },
  };
}

/** What the name means, with offsets from `base` on; `base` is where its block begins. */
export function meant({ role, form, name, root, span }: LocalName, base: number, meaning: Meaning): NameUse {
  const start = base + span.start;
  const whole = { start, end: base + span.end };
  if (role === 'definition') return { kind: form === 'request' ? 'request' : 'variable', name, span: whole, role };
  if (form === 'variable') return { kind: 'variable', name, span: whole, role };
  // C19: the exact name of a variable, then a request, then a path into a variable.
  if (form !== 'request' && meaning.isVariable(name)) return { kind: 'variable', name, span: whole, role };
  const request = meaning.requestOf(root, start);
  const short = { start, end: start + root.length };
  if (request !== undefined) return { kind: 'request', name: request, span: short, role };
  if (form === 'request') return { kind: 'request', name, span: whole, role };
  if (isWhole(name, root, meaning)) return { kind: 'variable', name, span: whole, role };
  return { kind: 'variable', name: root, span: short, role };
}

/** `Security.token` is one name of an environment file; `login.response.…` may be a request of another file. */
function isWhole(path: string, root: string, meaning: Meaning): boolean {
  return !meaning.isVariable(root) && !/\.(?:response|request)(?:[.[]|$)|\[/.test(path);
}
