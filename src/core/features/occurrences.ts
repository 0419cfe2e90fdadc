import type { HttpDocument } from '../syntax/ast.ts';
import { findRequest, requestId, visibleVariable } from '../syntax/query.ts';
import { environmentNames, type EnvironmentFile } from './environmentNames.ts';
import { isSameName, nameAt, namesOf, type NameUse } from './names.ts';

/** A document with its address; the address is the host's, and only handed back. */
export interface AddressedDocument {
  readonly address: string;
  readonly document: HttpDocument;
}

/** The files that a name can be shared with. */
export interface Neighbours {
  /** Files that this one imports, and files that import it. */
  readonly linked: readonly AddressedDocument[];
  /** Other request files of the workspace: they share the environment and nothing else. */
  readonly others: readonly AddressedDocument[];
  /** `path` is their address. */
  readonly environment: readonly EnvironmentFile[];
}

export const noNeighbours: Neighbours = { linked: [], others: [], environment: [] };

/** A name in some file. */
export interface Occurrence extends NameUse {
  readonly address: string;
}

/** Every place where the name at `offset` is defined or used, those of the own file first. */
export function occurrences(own: AddressedDocument, offset: number, neighbours: Neighbours): readonly Occurrence[] {
  const name = nameAt(own.document, offset);
  if (!name) return [];
  const here = placed(
    own.address,
    namesOf(own.document).filter((each) => isSameName(each, name)),
  );
  const linked = neighbours.linked.flatMap(({ address, document }) =>
    placed(address, linkedNames(own.document, document, name)),
  );
  // A definition in a request file covers the environment's: that one is another variable.
  const isOurs = [...here, ...linked].some(({ role }) => role === 'definition');
  return isOurs ? [...here, ...linked] : [...here, ...linked, ...inEnvironment(name, neighbours)];
}

/** Where the name at `offset` gets its meaning: the definition that holds there (C8), else those of other files. */
export function definitionsAt(own: AddressedDocument, offset: number, neighbours: Neighbours): readonly Occurrence[] {
  const name = nameAt(own.document, offset);
  if (!name) return [];
  const all = occurrences(own, offset, neighbours).filter(({ role }) => role === 'definition');
  const start = holdingDefinition(own.document, name);
  const holding = all.filter(({ address, span }) => address === own.address && span.start === start);
  return holding.length > 0 ? holding : all;
}

function holdingDefinition(document: HttpDocument, name: NameUse): number | undefined {
  if (name.kind === 'variable') return visibleVariable(document, name.name, name.span.start)?.name.span.start;
  const block = findRequest(document, name.name, name.span.start);
  if (!block) return undefined;
  return namesOf(document).find(
    (each) =>
      each.kind === 'request' &&
      each.role === 'definition' &&
      each.name === requestId(block) &&
      each.span.start >= block.span.start &&
      each.span.end <= block.span.end,
  )?.span.start;
}

/** An importing file has no request of that name itself, so its `{{login.response…}}` looks like a variable there. */
function linkedNames(own: HttpDocument, other: HttpDocument, name: NameUse): readonly NameUse[] {
  const same = namesOf(other).filter((each) => each.name === name.name);
  const defined = (names: readonly NameUse[]) => names.some(({ role }) => role === 'definition');
  const bothDefine = defined(same) && defined(namesOf(own).filter((each) => isSameName(each, name)));
  // Each of the two has a variable or request of its own: only the name is the same.
  return bothDefine ? [] : same;
}

function inEnvironment(name: NameUse, { others, environment }: Neighbours): readonly Occurrence[] {
  const files = environment.flatMap((file) =>
    placed(
      file.path,
      environmentNames(file).filter((each) => each.name === name.name),
    ),
  );
  if (!files.some(({ role }) => role === 'definition')) return [];
  const elsewhere = others.flatMap(({ address, document }) => {
    const same = namesOf(document).filter((each) => isSameName(each, { kind: 'variable', name: name.name }));
    return same.some(({ role }) => role === 'definition') ? [] : placed(address, same);
  });
  return [...files, ...elsewhere];
}

function placed(address: string, names: readonly NameUse[]): readonly Occurrence[] {
  return names.map((name) => ({ ...name, address }));
}
