import { didYouMean } from './nearestName.ts';
import { recordedValue, type ReferencedResponse } from './recordedValue.ts';
import { missing, standIn, type Value } from './value.ts';

/** The requests of the file that a placeholder can refer to, and what is known of their last responses. */
export interface RequestReferences {
  /** Request id that a written name means: the id itself, or its alias with `_` for what is no word character (C3). */
  idOf(name: string): string | undefined;
  ids(): readonly string[];
  response(id: string): ReferencedResponse | undefined;
  /** True when the file imports others: a request that is not here may be there. */
  hasImports(): boolean;
  /** True while only looking ahead: an earlier request of the same run will have been sent by then. */
  willBeSent(id: string): boolean;
}

export interface Reference {
  readonly id: string;
  /** What follows the id, with its dot: `.response.body.$.token`, `.token`, or nothing. */
  readonly path: string;
}

/** Splits `login.response.body.$.token` at the longest request id it begins with (ids may hold dots and blanks). */
export function referenceIn(expression: string, references: RequestReferences): Reference | undefined {
  for (const end of idEnds(expression)) {
    const id = references.idOf(expression.slice(0, end));
    if (id !== undefined) return { id, path: expression.slice(end) };
  }
  return undefined;
}

/** True for text that says by its shape that it refers to a request, whether there is one of that name or not. */
export function looksLikeReference(expression: string): boolean {
  return /^[^.]+\.(?:response|request)(?:[.[]|$)/.test(expression);
}

/** The value of a reference (C20, C32). Not sent yet and path without a result are missing values that say what to do. */
export async function referenceValue(reference: Reference, references: RequestReferences): Promise<Value> {
  const { id, path } = reference;
  const response = references.response(id);
  if (references.willBeSent(id)) return standIn;
  if (response) return recordedValue(response, path);
  return missing(
    'request-not-sent',
    `"${id}" has not been sent in this session, so its answer is not known. Send it first.`,
  );
}

export function unknownRequest(expression: string, references: RequestReferences): Value {
  const name = expression.slice(0, expression.search(/\.(?:response|request)(?:[.[]|$)/));
  if (references.hasImports()) {
    return missing(
      'request-not-sent',
      `No request in this file is called "${name}", and none of that name in the files it imports has been sent in this session. ` +
        'Send it there first, or correct the name.',
    );
  }
  return missing(
    'unknown-request',
    `No request in this file is called "${name}".${didYouMean(name, references.ids())} ` +
      `Name the request it refers to with "# @name ${name}".`,
  );
}

/** Places where an id may end, longest first: at the end of the text, and before each dot or bracket; before `.response` first of all. */
function idEnds(expression: string): readonly number[] {
  const ends = [...expression.matchAll(/[.[]/g)].map((match) => match.index);
  const all = [...ends.filter((end) => end > 0 && end <= longestId), expression.length].reverse();
  // Nearly always the id ends there; every other place costs a walk over the file's requests.
  const likely = expression.search(/\.(?:response|request)(?:[.[]|$)/);
  return likely > 0 ? [likely, ...all.filter((end) => end !== likely)] : all;
}

/** No name is longer; a long path has many dots, and each costs a lookup. */
const longestId = 200;
