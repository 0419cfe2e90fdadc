import type { Imports } from './imports.ts';
import type { OpenedFile, RequestTarget, RunInput } from './run.ts';
import type { RecordedResponse } from '../session/session.ts';
import type { Block } from '../syntax/ast.ts';
import { findRequest, requestBlocks, requestId, requestIdMatches } from '../syntax/query.ts';
import type { ReferencedRequest, RequestReferences } from '../variables/references.ts';

/** What the placeholders of a block can refer to. `willBeSent` says which requests a look ahead may take as sent. */
export function requestReferences(
  input: RunInput,
  imports: Imports,
  willBeSent: (target: RequestTarget) => boolean,
): RequestReferences {
  const { session, ports } = input;
  return {
    find: (name, explicit) => {
      const targets = requestTargets(input, imports, name);
      const [target] = targets;
      const id = target && requestId(target.block);
      if (!target || id === undefined) return explicit ? recordedElsewhere(input, imports, name) : undefined;
      const isOwn = target.file.id === input.file.id;
      return {
        id,
        response: session.recorded(target.file.id, id),
        willBeSent: willBeSent(target),
        rivals: isOwn ? [] : targets.map(({ file }) => file.id),
      };
    },
    ids: () =>
      [input, ...imports.files].flatMap(({ document }) =>
        requestBlocks(document).flatMap((each) => requestId(each) ?? []),
      ),
    hasImports: () => imports.files.length > 0,
    lookUpXml: ports.lookUpXml,
  };
}

/** The requests that `name` may mean at this block: one of the file itself, else one of each imported file that has it. */
export function requestTargets(from: Referring, imports: Imports, name: string): readonly RequestTarget[] {
  const { document, file, block } = from;
  const own = findRequest(document, name, block.request?.line.start ?? block.span.start);
  if (own) return [{ document, file, block: own }];
  return imports.files.flatMap((imported) => {
    const found = findRequest(imported.document, name, imported.document.text.length);
    return found ? [{ ...imported, block: found }] : [];
  });
}

/** A block whose text has the reference. */
interface Referring extends OpenedFile {
  readonly block: Block;
}

/** A response that a file of this session left behind, of the file that is nearest by its folders. */
function recordedElsewhere(input: RunInput, imports: Imports, name: string): ReferencedRequest | undefined {
  const seen = new Set([input.file.id, ...imports.files.map(({ file }) => file.id)]);
  const near = input.session
    .allRecorded()
    .filter(({ file, id }) => !seen.has(file) && requestIdMatches(id, name))
    .map((recorded) => ({ recorded, steps: stepsBetween(input.file.id, recorded.file) }))
    .sort((a, b) => a.steps - b.steps || compare(a.recorded, b.recorded));
  const [nearest] = near;
  if (!nearest) return undefined;
  return {
    id: nearest.recorded.id,
    response: nearest.recorded,
    willBeSent: false,
    rivals: near.filter(({ steps }) => steps === nearest.steps).map(({ recorded }) => recorded.file),
  };
}

function compare(a: RecordedResponse, b: RecordedResponse): number {
  return a.file < b.file ? -1 : 1;
}

/** Folders to walk up and down from one file to the other; both ids are relative to the same root. */
function stepsBetween(from: string, to: string): number {
  const [a, b] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  const parting = a.findIndex((folder, index) => folder !== b[index]);
  const common = parting < 0 ? a.length : parting;
  return a.length - common + b.length - common;
}
