import type { HttpDocument } from '../syntax/ast.ts';
import { blockAt, requestBlocks, requestId } from '../syntax/query.ts';
import { completion, type Completion } from './completion.ts';
import { completionPlace, type CompletionPlace } from './completionPlace.ts';
import { headerDoc, headerDocs } from './headerDocs.ts';
import { methodDocs } from './methodDocs.ts';
import { placeholderCompletions } from './placeholderCompletions.ts';
import type { Surroundings } from './surroundings.ts';
import { tagDocs } from './tagDocs.ts';

/** A file or folder beside the document. */
export interface NearbyFile {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What can be written at `offset`. Paths are the host's to list: see `completionPlace`. */
export function completions(
  document: HttpDocument,
  offset: number,
  around: Surroundings,
  files: readonly NearbyFile[] = [],
): readonly Completion[] {
  const place = completionPlace(document, offset);
  switch (place.kind) {
    case 'placeholder':
      return placeholderCompletions(document, offset, place, around);
    case 'tag':
      return tagDocs.map(({ name, snippet, text }) =>
        completion(place, {
          label: name,
          kind: 'tag',
          insert: snippet,
          snippet: snippet.includes('$'),
          documentation: text,
        }),
      );
    case 'tag-value':
      return tagValues(document, place, around);
    case 'method':
      return methods(place);
    case 'request-line':
      return requestLine(document, offset, place, around);
    case 'header-name':
      return headerNames(document, offset, place);
    case 'header-value':
      return headerValues(place, around);
    case 'path':
      return paths(place, files);
    case 'nothing':
      return [];
  }
}

function methods(place: CompletionPlace): readonly Completion[] {
  return methodDocs.map(({ name, text }, rank) =>
    completion(place, { label: name, kind: 'method', insert: `${name} `, documentation: text, rank }),
  );
}

/** Addresses that other requests of the file begin with, and variables that hold one. */
function requestLine(
  document: HttpDocument,
  offset: number,
  place: CompletionPlace,
  around: Surroundings,
): readonly Completion[] {
  if (place.typed.includes('/')) return [];
  const own = blockAt(document, offset);
  const origins = requestBlocks(document).flatMap((block) => {
    const origin = /^(?:https?:\/\/[^/?#\s]+|\{\{[^{}]+\}\})/.exec(block.request.target.text)?.[0];
    return origin === undefined || block === own ? [] : [origin];
  });
  const known = [...new Set(origins)].map((label) =>
    completion(place, { label, kind: 'value', detail: 'used in this file' }),
  );
  const names = placeholderCompletions(document, offset, { ...place, typed: '' }, around)
    .filter(({ kind, label }) => kind === 'variable' && /host|url|base|origin|server/i.test(label))
    .map((each) => ({ ...each, label: `{{${each.label}}}`, insert: `{{${each.insert}}}`, rank: 1 }));
  return [...known, ...names.filter(({ label }) => !origins.includes(label))];
}

function headerNames(document: HttpDocument, offset: number, place: CompletionPlace): readonly Completion[] {
  const written = new Set(blockAt(document, offset)?.request?.headers.map(({ name }) => name.text.toLowerCase()));
  const colon = /^\s*:/.test(document.text.slice(place.span.end, place.span.end + 20)) ? '' : ': ';
  return headerDocs.map(({ name, text, values }) =>
    completion(place, {
      label: name,
      kind: 'header',
      insert: `${name}${colon}`,
      documentation: text,
      rank: written.has(name.toLowerCase()) ? 1 : 0,
      continues: colon !== '' && values.length > 0,
    }),
  );
}

function headerValues(place: CompletionPlace, around: Surroundings): readonly Completion[] {
  const subject = place.subject ?? '';
  const known = (headerDoc(subject)?.values ?? []).map((insert, rank) =>
    completion(place, {
      label: shown(insert),
      kind: 'value',
      insert,
      snippet: insert.includes('$'),
      rank,
    }),
  );
  if (subject !== 'cookie') return known;
  const last = /[^;\s]*$/.exec(place.typed)?.[0] ?? '';
  const span = { start: place.span.end - last.length, end: place.span.end };
  const names = [...new Map(around.cookies.map((cookie) => [cookie.name, cookie]))];
  return [
    ...names.map(([label, { domain }]) =>
      completion({ span }, { label, kind: 'value', insert: `${label}=`, detail: domain }),
    ),
    ...known,
  ];
}

/** A snippet as it will look. */
function shown(snippet: string): string {
  return snippet.replace(/\$\{\d+[:|]([^},|]*)[^}]*\}/g, '$1').replaceAll('\\$', '$');
}

function tagValues(document: HttpDocument, place: CompletionPlace, around: Surroundings): readonly Completion[] {
  const values = (labels: readonly string[], kind: Completion['kind'] = 'value') =>
    labels.map((label) => completion(place, { label, kind }));
  switch ((place.subject ?? '').replaceAll('-', '')) {
    case 'ref':
    case 'forceref':
    case 'dependson':
      return values(
        requestBlocks(document).flatMap((block) => requestId(block) ?? []),
        'request',
      );
    case 'env':
      return values(around.profiles.names);
    case 'redirect':
      return values(['standard', 'requests', 'preserve']);
    case 'nodefaultheader':
      return values(['User-Agent', 'Accept', 'Accept-Encoding']);
    case 'encoding':
      return values(['utf-8', 'latin1', 'utf-16le']);
    default:
      return [];
  }
}

function paths(place: CompletionPlace, files: readonly NearbyFile[]): readonly Completion[] {
  const last = /[^/\\]*$/.exec(place.typed)?.[0] ?? '';
  const span = { start: place.span.start + place.typed.length - last.length, end: place.span.end };
  return files.map(({ name, isFolder }) =>
    completion(
      { span },
      {
        label: isFolder ? `${name}/` : name,
        kind: isFolder ? 'folder' : 'file',
        rank: isFolder ? 1 : 0,
        continues: isFolder,
      },
    ),
  );
}
