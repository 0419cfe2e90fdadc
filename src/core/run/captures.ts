import { looksSecret } from '../http/secretName.ts';
import type { RunInput } from './run.ts';
import { changeDefaults } from '../session/changeDefaults.ts';
import type { RecordedResponse } from '../session/session.ts';
import type { Block, HttpDocument } from '../syntax/ast.ts';
import { declarativeCaptures } from '../syntax/handler.ts';
import { requestId } from '../syntax/query.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import { recordedValue } from '../variables/recordedValue.ts';
import type { Resolver } from '../variables/resolve.ts';
import { found, type Value } from '../variables/value.ts';

/** A session variable, or a default of the session, that a block writes after its send: by `# @capture`, or by a handler that only sets globals. */
export interface Capture {
  readonly name: string;
  readonly source: { readonly reference: string } | { readonly literal: string };
  readonly span: Span;
}

export interface Captured {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly problems: readonly Problem[];
}

/** What a block captures, in order of appearance. A tag without `=` is no capture. */
export function capturesOf(block: Block): readonly Capture[] {
  const tags = block.tags.flatMap((tag): readonly Capture[] => {
    const match = tag.name === 'capture' ? /^([^\s=]+)\s*=\s*(\S.*)$/.exec(tag.value?.text ?? '') : undefined;
    return match ? [{ name: match[1] ?? '', source: { reference: match[2] ?? '' }, span: tag.span }] : [];
  });
  const handlers = block.scripts.flatMap((script): readonly Capture[] => {
    if (script.kind !== 'handler' || script.isFile) return [];
    const captures = declarativeCaptures(script.source.text)?.captures ?? [];
    return captures.map(({ name, ...source }) => ({ name, source, span: script.span }));
  });
  return [...tags, ...handlers];
}

/** The request that captures `name`; one that comes before `offset` is preferred. */
export function capturingBlock(document: HttpDocument, name: string, offset: number): Block | undefined {
  const blocks = document.blocks.filter((block) => capturesOf(block).some((capture) => capture.name === name));
  return blocks.findLast((block) => block.span.start <= offset) ?? blocks[0];
}

/** Writes the captures of a response into the session. One that finds nothing is a warning and leaves the variable as it was. */
export async function capture(input: RunInput, response: RecordedResponse, resolver: Resolver): Promise<Captured> {
  const values: Record<string, string> = {};
  const secrets: string[] = [];
  const problems: Problem[] = [];
  for (const each of capturesOf(input.block)) {
    const value = await valueOf(each, response, input, resolver);
    if (!value.ok) {
      const message = `"${each.name}" was not captured. ${value.message}`;
      problems.push({ code: 'capture-found-nothing', severity: 'warning', span: each.span, message });
      continue;
    }
    const secret = value.secret || looksSecret(each.name);
    const fault = keep(input, each.name, value.text, { secret, url: response.request.url });
    if (fault !== undefined) {
      problems.push({ code: 'invalid-setting', severity: 'warning', span: each.span, message: fault });
      continue;
    }
    values[each.name] = value.text;
    if (secret && value.text !== '') secrets.push(value.text);
  }
  return { values, secrets, problems };
}

/** `session.headers.X` is a default of the running session, everything else a variable. What is wrong with a default is returned. */
function keep(
  { session, block, ports }: RunInput,
  name: string,
  value: string,
  { secret, url }: { readonly secret: boolean; readonly url: string },
): string | undefined {
  const setting = /^session\.((?:headers|params|cookies|auth|proxies)\..+)$/.exec(name)?.[1];
  if (setting === undefined) {
    session.setVariable({ name, value, origin: `captured from ${requestId(block) ?? url}`, secret, at: ports.now() });
    return undefined;
  }
  const { defaults, faults } = changeDefaults(session.defaults, { name: setting, value, isText: true });
  if (faults.length === 0) session.setDefaults(defaults);
  return faults[0] && `"${name}" was not captured. ${faults[0].message}`;
}

/** `response.…` and `request.…` are the block's own; anything else is what it is in a placeholder. */
async function valueOf(
  { source }: Capture,
  response: RecordedResponse,
  input: RunInput,
  resolver: Resolver,
): Promise<Value> {
  if ('literal' in source) return found(source.literal);
  const reference = source.reference.replace(/^\{\{\s*(.*?)\s*\}\}$/, '$1');
  if (/^(?:response|request)(?:[.[]|$)/.test(reference))
    return recordedValue(response, `.${reference}`, input.ports.lookUpXml);
  return resolver.value(reference);
}
