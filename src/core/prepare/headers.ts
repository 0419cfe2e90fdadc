import { hasHeader, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import { mergeHeaders, type MergePair } from '../session/merge.ts';
import { productHeaders } from '../session/productHeaders.ts';
import type { TagNode } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { problem, type PlacedHeader } from './prepareInput.ts';

/**
 * The header lines that are sent: the block's over the defaults (M2-M6), and the product's own before them where neither
 * has a line. The block's lines keep their order, spelling and repeats.
 */
export function requestHeaders(
  lines: readonly PlacedHeader[],
  defaults: readonly MergePair[],
  tags: readonly TagNode[],
): HeaderList {
  const unwanted = withoutDefault(tags);
  const wanted = defaults.filter(([name]) => !unwanted.has(name.toLowerCase()));
  const removed = wanted.filter(([, value]) => value === null).map(([name]) => name.toLowerCase());
  const merged = mergeHeaders(
    wanted,
    lines.map(({ name, value }): HeaderLine => [name, value]),
  );
  const product = productHeaders.filter(
    ([name]) => !hasHeader(merged, name) && !unwanted.has(name.toLowerCase()) && !removed.includes(name.toLowerCase()),
  );
  return [...product, ...merged];
}

/** What cannot be put on the wire as a header line (RFC 9110 5.1, 5.5; SESSION M9), each at its place. */
export function headerProblems(lines: readonly PlacedHeader[]): readonly Problem[] {
  return lines.flatMap((line) => {
    if (!line.isFinal) return [];
    const flaw = headerFlaw(line.name, line.value);
    return flaw === undefined ? [] : [problem('error', flaw.code, line.span, flaw.message)];
  });
}

/** Why a header line cannot be sent, with the code of the problem; `undefined` when it can. */
export function headerFlaw(name: string, value: string): { code: string; message: string } | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    return invalid(
      `"${name}" cannot be a header's name: only letters, digits and !#$%&'*+-.^_\`|~ can. Correct the name.`,
    );
  }
  if (/[\r\n]/.test(value)) {
    return {
      code: 'header-injection',
      message: `The value of ${name} has a line break, which would begin a new header. Take it out.`,
    };
  }
  if (/^[ \t]/.test(value))
    return invalid(`The value of ${name} begins with a blank. Take the blank out of the value.`);
  if (/[\0-\x08\x0B-\x1F\x7F]/.test(value))
    return invalid(`The value of ${name} has a control character. Take it out.`);
  const wide = /[^\0-\xFF]/u.exec(value)?.[0];
  if (wide === undefined) return undefined;
  return invalid(`"${wide}" in the value of ${name} cannot be sent in a header. Percent-encode it with {{%name}}.`);
}

function invalid(message: string): { code: string; message: string } {
  return { code: 'invalid-header', message };
}

/** Names that `# @no-default-header` keeps the defaults from adding, in lower case. */
export function withoutDefault(tags: readonly TagNode[]): ReadonlySet<string> {
  const named = tags
    .filter((tag) => tag.name === 'no-default-header')
    .flatMap((tag) => tag.value?.text.split(/[\s,]+/) ?? []);
  return new Set(named.map((name) => name.toLowerCase()));
}
