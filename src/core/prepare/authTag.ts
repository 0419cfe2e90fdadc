import type { TagNode } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { writtenAs } from '../variables/written.ts';
import { authorizationValue, type BasicCharset } from './authorization.ts';
import { problem, type PrepareInput } from './prepareInput.ts';

/** What `# @auth …` says: the value of the Authorization line, or that there is none (`null`). `undefined`: it says nothing. */
export interface AuthTag {
  readonly value: string | null | undefined;
  readonly tag: TagNode | undefined;
  readonly problems: readonly Problem[];
}

/**
 * `# @auth basic user password`, `# @auth bearer token`, `# @auth none`; placeholders are replaced. It comes before every
 * other source of credentials (SESSION 0a.7).
 */
export async function authTag(input: PrepareInput, charset: BasicCharset): Promise<AuthTag> {
  const tag = input.block.tags.findLast((each) => each.name === 'auth');
  if (!tag) return { value: undefined, tag, problems: [] };
  if (!tag.value) return { value: undefined, tag, problems: [misused(tag)] };
  const resolved = await input.resolver.resolve(writtenAs(tag.value, input.document.text), 'header');
  if (resolved.standIn) return { value: undefined, tag, problems: resolved.problems };
  const value = authorization(resolved.text.trim(), charset);
  return { value, tag, problems: value === undefined ? [...resolved.problems, misused(tag)] : resolved.problems };
}

function authorization(text: string, charset: BasicCharset): string | null | undefined {
  if (/^none$/i.test(text)) return null;
  const [, scheme = '', rest = ''] = /^(\S+)\s+(\S.*)$/.exec(text) ?? [];
  if (/^bearer$/i.test(scheme)) return `Bearer ${rest}`;
  if (!/^basic$/i.test(scheme) || !/[\s:]/.test(rest)) return undefined;
  return authorizationValue(`Basic ${rest}`, charset);
}

function misused(tag: TagNode): Problem {
  return problem(
    'error',
    'bad-tag-value',
    tag.span,
    'This authentication is not known. Write "# @auth basic user password", "# @auth bearer token" or "# @auth none".',
  );
}
