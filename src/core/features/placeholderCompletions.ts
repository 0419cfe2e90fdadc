import type { HttpDocument } from '../syntax/ast.ts';
import { blockAt, findRequest, requestBlocks, requestId } from '../syntax/query.ts';
import type { ReferencedResponse } from '../variables/recordedValue.ts';
import type { Binding } from '../variables/scope.ts';
import { completion, type Completion } from './completion.ts';
import type { CompletionPlace } from './completionPlace.ts';
import { functions } from './functions.ts';
import { namesOf } from './names.ts';
import { recordedPaths } from './recordedPaths.ts';
import { scopeOf, type Surroundings } from './surroundings.ts';

/** What can stand between `{{` and `}}`: a step of a path into a response, or a name, a request or a function. */
export function placeholderCompletions(
  document: HttpDocument,
  offset: number,
  place: CompletionPlace,
  around: Surroundings,
): readonly Completion[] {
  const path = /^(.*)(\.|\[')([^.[]*)$/.exec(place.typed);
  if (path && !place.typed.startsWith('$')) return steps(document, offset, place, around);
  return [...variables(document, offset, place, around), ...requests(document, place), ...dynamic(place)];
}

/** Names in sight, the nearest layer first. A secret's value is not shown. */
function variables(
  document: HttpDocument,
  offset: number,
  place: CompletionPlace,
  around: Surroundings,
): readonly Completion[] {
  const scope = scopeOf(document, blockAt(document, offset), around);
  const asked = namesOf(document).flatMap(({ kind, role, name }) =>
    kind === 'variable' && role === 'definition' && !scope.lookup(name) ? [name] : [],
  );
  const known = scope.names().flatMap((name) => {
    const winner = scope.lookup(name)?.winner;
    if (!winner) return [];
    const detail = `${winner.secret ? '***' : short(winner.value)} — ${winner.origin}`;
    return [completion(place, { label: name, kind: 'variable', detail, rank: ranks[winner.layer] })];
  });
  const later = [...new Set(asked)].map((label) =>
    completion(place, { label, kind: 'variable', detail: 'known once its request was sent', rank: 5 }),
  );
  return [...known, ...later];
}

const ranks: Readonly<Record<Binding['layer'], number>> = {
  block: 0,
  override: 1,
  session: 1,
  file: 2,
  environment: 3,
};

function requests(document: HttpDocument, place: CompletionPlace): readonly Completion[] {
  const ids = requestBlocks(document).flatMap((block) => requestId(block) ?? []);
  return [...new Set(ids)].filter(isWord).map((label) =>
    completion(place, {
      label,
      kind: 'request',
      insert: `${label}.response.body.`,
      detail: 'response of this request',
      rank: 4,
      continues: true,
    }),
  );
}

function dynamic(place: CompletionPlace): readonly Completion[] {
  return functions.map(({ name, snippet, text }) =>
    completion(place, {
      label: name,
      kind: 'function',
      // The `$` of the name itself is no stop for the cursor.
      insert: `\\${snippet}`,
      snippet: true,
      documentation: text,
      rank: 6,
    }),
  );
}

/** `login.`, `login.response.`, `login.response.body.items.`: from the last response that the session keeps. */
function steps(
  document: HttpDocument,
  offset: number,
  place: CompletionPlace,
  around: Surroundings,
): readonly Completion[] {
  const name = /^[^.]+/.exec(place.typed)?.[0] ?? '';
  const block = findRequest(document, name, offset);
  const id = block && requestId(block);
  if (id === undefined) return [];
  const rest = place.typed.slice(name.length);
  const at = Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('[')) + 1;
  const span = { start: place.span.start + name.length + at, end: place.span.end };
  return parts(rest.slice(0, at), around.recorded(id)).map(({ label, detail, continues }) =>
    completion({ span }, { label, kind: 'property', insert: continues ? `${label}.` : label, detail, continues }),
  );
}

interface Part {
  readonly label: string;
  readonly detail: string;
  readonly continues: boolean;
}

function parts(path: string, recorded: ReferencedResponse | undefined): readonly Part[] {
  const more = (label: string, detail: string): Part => ({ label, detail, continues: true });
  const end = (label: string, detail: string): Part => ({ label, detail, continues: false });
  switch (path) {
    case '.':
      return [more('response', 'the last response'), more('request', 'what was sent for it')];
    case '.response.':
      return [
        more('body', 'all of it, or a path into it'),
        more('headers', 'by name'),
        more('cookies', 'by name'),
        end('status', 'the status code'),
        end('url', 'where the last hop went'),
      ];
    case '.request.':
      return [
        more('body', 'all of it, or a path into it'),
        more('headers', 'by name'),
        end('url', ''),
        end('method', ''),
      ];
    default:
      return recorded ? recordedPaths(path, recorded) : [];
  }
}

function isWord(id: string): boolean {
  return /^[\p{L}\p{N}_-]+$/u.test(id);
}

function short(value: string): string {
  const line = value.split(/[\r\n]/, 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
