import { decodeBodyText } from '../http/bodyText.ts';
import { firstHeader } from '../http/headerList.ts';
import type { ReferencedResponse } from '../variables/recordedValue.ts';

/** One more step of a path into what was recorded. */
export interface RecordedStep {
  readonly label: string;
  readonly detail: string;
  readonly continues: boolean;
}

/** What can follow `path` (`.response.body.items[0].`): names of headers and cookies, keys and first elements of JSON. */
export function recordedPaths(path: string, recorded: ReferencedResponse): readonly RecordedStep[] {
  const [, side, part, rest = ''] = /^\.(response|request)\.(body|headers|cookies)[.[](.*)$/s.exec(path) ?? [];
  const end = (label: string, detail: string): RecordedStep => ({ label, detail, continues: false });
  if (part === 'headers') {
    const headers = side === 'request' ? recorded.request.headers : (recorded.hops.at(-1)?.headers ?? []);
    return [...new Map(headers)].map(([name, value]) => end(name, isPrivate(name) ? '***' : short(value)));
  }
  if (part === 'cookies') return recorded.cookies.map(([name]) => end(name, '***'));
  if (part !== 'body') return [];
  return jsonSteps(side === 'request' ? recorded.request.body : responseText(recorded), rest);
}

function isPrivate(name: string): boolean {
  return /cookie|auth|token|key|secret/i.test(name);
}

function responseText(recorded: ReferencedResponse): string | undefined {
  if (recorded.bodyBase64 === undefined) return undefined;
  const bytes = Uint8Array.from(atob(recorded.bodyBase64), (character) => character.charCodeAt(0));
  return decodeBodyText(bytes, firstHeader(recorded.hops.at(-1)?.headers ?? [], 'content-type') ?? '').text;
}

function jsonSteps(text: string | undefined, path: string): readonly RecordedStep[] {
  const value = at(parsed(text), path.replace(/^\$\.?/, ''));
  if (Array.isArray(value)) return value.length === 0 ? [] : [step('[0]', value[0])];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, 500)
    .flatMap(([key, member]) => {
      // A key with other characters needs brackets, which do not go behind a dot.
      return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key) ? [step(key, member)] : [];
    });
}

function step(label: string, value: unknown): RecordedStep {
  const isHolder = typeof value === 'object' && value !== null;
  const detail = isHolder
    ? Array.isArray(value)
      ? `${value.length} elements`
      : 'object'
    : short(JSON.stringify(value));
  // Values of a response may be secrets: of a text only its length is told.
  return {
    label,
    detail: typeof value === 'string' ? `text of ${value.length} characters` : detail,
    continues: isHolder,
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function at(value: unknown, path: string): unknown {
  let current = value;
  for (const [, name, index] of path.matchAll(/([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d+)\]/gu)) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[name ?? index ?? ''];
  }
  return current;
}

function short(value: string | undefined): string {
  const text = value ?? '';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
