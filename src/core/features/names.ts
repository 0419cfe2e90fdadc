import type { HttpDocument } from '../syntax/ast.ts';
import { findRequest, requestId } from '../syntax/query.ts';
import { spanContains, type Span } from '../text/span.ts';
import { blockNames, type LocalName } from './blockNames.ts';

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
  const blocks = document.blocks.map((block) => ({ start: block.span.start, ...blockNames(document, block) }));
  const variables = new Set<string>();
  for (const { names } of blocks)
    for (const { role, form, name } of names) if (role === 'definition' && form === 'variable') variables.add(name);
  const meaning: Meaning = {
    isVariable: (name) => variables.has(name),
    requestOf: requestIndex(
      document,
      blocks.map(({ calledBy }) => calledBy),
    ),
  };
  const names: NameUse[] = [];
  for (const { start, names: locals } of blocks) for (const name of locals) names.push(meant(name, start, meaning));
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

interface Meaning {
  isVariable(name: string): boolean;
  /** The id of the request that a written name means at an offset. */
  requestOf(written: string, offset: number): string | undefined;
}

function meant({ role, form, name, root, span }: LocalName, base: number, meaning: Meaning): NameUse {
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

/** `findRequest` looks at every block of a new tree: it is asked only about names that more than one request has. */
function requestIndex(document: HttpDocument, called: readonly (readonly string[])[]): Meaning['requestOf'] {
  const known = new Map<string, string | undefined>();
  for (const names of called) {
    for (const name of names) {
      const isTaken = known.has(name) && known.get(name) !== names[0];
      known.set(name, isTaken ? undefined : names[0]);
    }
  }
  return (written, offset) => {
    if (!known.has(written)) return undefined;
    const only = known.get(written);
    if (only !== undefined) return only;
    const block = findRequest(document, written, offset);
    return block && requestId(block);
  };
}
