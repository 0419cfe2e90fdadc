import { awsForm } from '../http/auth/awsForm.ts';
import { basicAuthorization, type BasicCharset } from '../http/auth/basic.ts';
import type { Credentials } from '../http/auth/credentials.ts';
import type { TagNode } from '../syntax/ast.ts';
import { templatesIn } from '../syntax/template.ts';
import type { Problem } from '../text/problem.ts';
import type { Span, SpannedText } from '../text/span.ts';
import { writtenAs } from '../variables/written.ts';
import { basicFlaw } from './authorization.ts';
import { headerFlaw } from './headers.ts';
import { problem, type PrepareInput } from './prepareInput.ts';

/** What `# @auth …` says. */
export interface AuthTag {
  /** The value of the Authorization line, credentials that make one for every hop, or that there is none (`null`); `undefined`: nothing. */
  readonly said: string | Credentials | null | undefined;
  readonly tag: TagNode | undefined;
  /** The request line, for complaints without a tag. */
  readonly line: Span;
  readonly problems: readonly Problem[];
}

/**
 * `# @auth basic user password`, `digest user password`, `bearer token`, `aws id key …` and `none`; placeholders are
 * replaced. It comes before every other source of credentials (SESSION 0a.7).
 */
export async function authTag(input: PrepareInput, charset: BasicCharset): Promise<AuthTag> {
  const tag = input.block.tags.findLast((each) => each.name === 'auth');
  const { line } = input.block.request;
  if (!tag) return { said: undefined, tag, line, problems: [] };
  const [scheme, name, rest] = tag.value ? words(tag.value) : [];
  const problems: Problem[] = [];
  const resolve = async (text: SpannedText | undefined): Promise<string | undefined> => {
    if (text === undefined) return undefined;
    const resolved = await input.resolver.resolve(writtenAs(text, input.document.text), 'header');
    problems.push(...resolved.problems);
    return resolved.standIn ? undefined : resolved.text;
  };
  const texts = [await resolve(name), await resolve(rest)] as const;
  const isWaiting = (name !== undefined && texts[0] === undefined) || (rest !== undefined && texts[1] === undefined);
  if (isWaiting || problems.length > 0) return { said: undefined, tag, line, problems };
  const verdict = meaning(scheme?.text.toLowerCase() ?? '', texts, charset);
  if (!('flaw' in verdict)) return { said: verdict.said, tag, line, problems };
  return { said: undefined, tag, line, problems: [problem('error', verdict.code, tag.span, verdict.flaw)] };
}

type Meaning = { readonly said: AuthTag['said'] } | { readonly code: string; readonly flaw: string };

function meaning(
  scheme: string,
  [first, rest]: readonly [string | undefined, string | undefined],
  charset: BasicCharset,
): Meaning {
  const all = [first, rest].filter((text) => text !== undefined).join(' ');
  if (scheme === 'none') return all === '' ? { said: null } : misused;
  if (scheme === 'bearer' && first !== undefined) return bearer(all);
  if (scheme === 'aws') {
    const said = awsForm(all);
    return said ? { said } : misused;
  }
  const pair = first === undefined ? undefined : userAndPassword(first, rest);
  if (pair === undefined || (scheme !== 'basic' && scheme !== 'digest')) return misused;
  const [username, password] = pair;
  if (scheme === 'digest') return { said: { type: 'digest', username, password } };
  const flaw = basicFlaw(username, 'of "# @auth"');
  return flaw === undefined
    ? { said: basicAuthorization(username, password, charset) }
    : { code: 'invalid-auth', flaw };
}

function bearer(token: string): Meaning {
  const flaw = headerFlaw('Authorization', `Bearer ${token}`);
  return flaw ? { code: flaw.code, flaw: flaw.message } : { said: `Bearer ${token}` };
}

/** Two words, of which the second may have blanks, or one with a colon between name and password. */
function userAndPassword(first: string, rest: string | undefined): readonly [string, string] | undefined {
  if (rest !== undefined) return [first, rest];
  const colon = first.indexOf(':');
  return colon < 0 ? undefined : [first.slice(0, colon), first.slice(colon + 1)];
}

/**
 * Scheme, first word and the rest, as written: a placeholder is part of a word whatever blanks it has, and what it is
 * replaced with does not part words.
 */
function words({ text, span }: SpannedText): readonly SpannedText[] {
  const templates = templatesIn(text);
  const isInside = (at: number) => templates.some((each) => each.span.start <= at && at < each.span.end);
  const found: SpannedText[] = [];
  let at = 0;
  while (at < text.length && found.length < 2) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    const start = at;
    while (at < text.length && (isInside(at) || !/\s/.test(text[at] ?? ''))) at += 1;
    if (at > start) found.push(part(start, at));
  }
  const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  if (text.slice(start).trimEnd() !== '') found.push(part(start, text.trimEnd().length));
  return found;

  function part(from: number, to: number): SpannedText {
    return { text: text.slice(from, to), span: { start: span.start + from, end: span.start + to } };
  }
}

const misused: Meaning = {
  code: 'bad-tag-value',
  flaw: 'This authentication is not known. Write "# @auth basic user password", "digest user password", "bearer token", "aws id key" or "none".',
};
