import { didYouMean } from './nearestName.ts';
import { recordedValue, type ReferencedResponse } from './recordedValue.ts';
import { missing, standIn, type Value } from './value.ts';

/** The requests of the file that a placeholder can refer to, and what is known of their last responses. */
export interface RequestReferences {
  /** Request id that a written name means: the id itself, or its alias with `_` for what is no word character (C3). */
  idOf(name: string): string | undefined;
  ids(): readonly string[];
  response(id: string): ReferencedResponse | undefined;
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
  return missing(
    'unknown-request',
    `No request in this file is called "${name}".${didYouMean(name, references.ids())} ` +
      `Name the request it refers to with "# @name ${name}".`,
  );
}

/** Places where an id may end, longest first: at the end of the text, and before each dot or bracket. */
function idEnds(expression: string): readonly number[] {
  const ends = [...expression.matchAll(/[.[]/g)].map((match) => match.index);
  return [...ends.filter((end) => end > 0 && end <= longestId), expression.length].reverse();
}

/** No name is longer; a long path has many dots, and each costs a lookup. */
const longestId = 200;
