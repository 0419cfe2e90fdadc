import { didYouMean } from './nearestName.ts';
import { recordedValue, type ReferencedResponse } from './recordedValue.ts';
import { missing, standIn, type MissingValue, type Value } from './value.ts';
import type { XmlQuery } from './xmlQuery.ts';

/** The requests that a placeholder can refer to, and what is known of their last responses. */
export interface RequestReferences {
  /**
   * The request that a written name means: by its id, or by the alias with `_` for what is no word character (C3). In this file
   * first, then in the files it imports, then, when `explicit`, among the recorded responses of other files, nearest first.
   */
  find(name: string, explicit: boolean): ReferencedRequest | undefined;
  ids(): readonly string[];
  /** True when the file imports others: a request that is not here may be there. */
  hasImports(): boolean;
  readonly lookUpXml: XmlQuery;
}

/** A request that a placeholder refers to. */
export interface ReferencedRequest {
  readonly id: string;
  readonly response: ReferencedResponse | undefined;
  /** True while only looking ahead: it will have been sent when the block's turn comes. */
  readonly willBeSent: boolean;
  /** Files that have a request of this name and are as near, the one taken first; empty when there is no doubt. */
  readonly rivals: readonly string[];
}

export interface Reference {
  readonly request: ReferencedRequest;
  /** What follows the id, with its dot: `.response.body.$.token`, `.token`, or nothing. */
  readonly path: string;
}

/** Splits `login.response.body.$.token` at the longest request id it begins with (ids may hold dots and blanks). */
export function referenceIn(expression: string, references: RequestReferences): Reference | undefined {
  for (const end of idEnds(expression)) {
    const path = expression.slice(end);
    const request = references.find(expression.slice(0, end), explicitPath.test(path));
    if (request) return { request, path };
  }
  return undefined;
}

/** True for text that says by its shape that it refers to a request, whether there is one of that name or not. */
export function looksLikeReference(expression: string): boolean {
  return /^[^.]+\.(?:response|request)(?:[.[]|$)/.test(expression);
}

/** The value of a reference (C20, C32). Not sent yet and path without a result are missing values that say what to do. */
export async function referenceValue({ request, path }: Reference, lookUpXml: XmlQuery): Promise<Value> {
  const { id, response, willBeSent, rivals } = request;
  if (willBeSent) return standIn;
  if (!response) {
    return missing(
      'request-not-sent',
      `"${id}" has not been sent in this session, so its answer is not known. Send it first.`,
    );
  }
  const value = await recordedValue(response, path, lookUpXml);
  const status = response.hops.at(-1)?.status ?? 0;
  if (!value.ok && value.code === 'reference-not-found' && status >= 400) return failedBefore(id, status, value);
  return value.ok && rivals.length > 1 ? { ...value, warning: ambiguous(id, rivals) } : value;
}

export function unknownRequest(expression: string, references: RequestReferences): Value {
  const name = expression.slice(0, expression.search(/\.(?:response|request)(?:[.[]|$)/));
  const place = references.hasImports() ? 'in this file or one that it imports' : 'in this file';
  return missing(
    'unknown-request',
    `No request ${place} is called "${name}".${didYouMean(name, references.ids())} ` +
      `Name the request it refers to with "# @name ${name}".`,
  );
}

/** A failed login has no token: it is sent again like one that was never sent, and not blamed for its path. */
function failedBefore(id: string, status: number, { message }: MissingValue): MissingValue {
  const start = `"${id}" has not been sent with success in this session: its last answer was ${status}.`;
  return missing('request-not-sent', `${start} ${message} Send it again.`);
}

function ambiguous(id: string, [taken = '', ...others]: readonly string[]) {
  return {
    code: 'ambiguous-reference',
    message:
      `There is a request "${id}" in ${taken} and in ${others.join(', ')}. The one in ${taken} is taken. ` +
      'Import the file that is meant, or give one of them another name.',
  };
}

const explicitPath = /^\.(?:response|request)(?:[.[]|$)/;

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
