import type { Block, HttpDocument, RequestBlock, TagNode } from '../syntax/ast.ts';
import { isRequestBlock } from '../syntax/query.ts';
import { isKnownTag, isTagWithoutEffect, tagNames } from '../syntax/tagLine.ts';
import type { Problem } from '../text/problem.ts';
import { didYouMean } from '../variables/nearestName.ts';
import { movedSpan, perBlock } from './perBlock.ts';

/**
 * All that can be said about a file from its text alone: the parser's problems, and advice about requests that would be sent as they
 * are. In order of place. What needs variables, profiles or files is said elsewhere.
 */
export function problems(document: HttpDocument): readonly Problem[] {
  return document.problems.concat(advice(document)).sort((a, b) => a.span.start - b.span.start);
}

const advice = perBlock<Problem>({
  read: blockAdvice,
  moved: (problem, by) => ({ ...problem, span: movedSpan(problem.span, by) }),
});

function blockAdvice(block: Block): readonly Problem[] {
  const tags = block.tags.flatMap(tagAdvice);
  return isRequestBlock(block) ? [...tags, ...requestAdvice(block)] : tags;
}

function tagAdvice(tag: TagNode): readonly Problem[] {
  if (isTagWithoutEffect(tag.name)) return [withoutEffect(tag)];
  if (isKnownTag(tag.name)) return [];
  // Any word may follow an @ in a comment; one that is nearly a tag is a slip, and its effect would be missed in silence.
  const meant = didYouMean(tag.name, tagNames);
  return meant === '' ? [] : [mistyped(tag, meant)];
}

function withoutEffect({ name, span }: TagNode): Problem {
  return {
    code: 'tag-without-effect',
    severity: 'hint',
    span,
    message: `The tag @${name} of other tools is not acted on yet; the request is sent as if the line were not there.`,
  };
}

function mistyped({ name, nameSpan }: TagNode, meant: string): Problem {
  return {
    code: 'unknown-tag',
    severity: 'information',
    span: nameSpan,
    message: `There is no tag @${name}, so this line is a comment.${meant} Correct it, or write the comment without the @.`,
  };
}

/** C35 and its opposite: a body whose type is not said, a type whose body is missing. */
function requestAdvice({ request }: RequestBlock): readonly Problem[] {
  if (request.kind !== 'http') return [];
  // A macro or a spread may bring the header that seems to be missing.
  if (request.headers.some((header) => header.kind !== 'field')) return [];
  const contentType = request.headers.find((header) => header.name.text.toLowerCase() === 'content-type');
  const first = request.body?.parts[0];
  if (!contentType && request.body && first?.kind === 'text' && /^\s*[{[](?!\{)/.test(first.text)) {
    return [
      {
        code: 'missing-content-type',
        severity: 'information',
        span: request.line,
        message: 'The body looks like JSON and is sent without a Content-Type. Add Content-Type: application/json.',
      },
    ];
  }
  if (!contentType || request.body) return [];
  return [
    {
      code: 'content-header-without-body',
      severity: 'hint',
      span: contentType.span,
      message:
        'Content-Type describes a body, and this request has none. Add the body below a blank line, or remove the header.',
    },
  ];
}
