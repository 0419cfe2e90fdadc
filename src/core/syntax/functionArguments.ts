import { type SpannedText, spannedText } from '../text/span.ts';

/** One argument of a `$` function, its quotes taken off; the span holds them. */
export interface FunctionArgument extends SpannedText {
  readonly quoted: boolean;
}

/** Arguments behind the name in `inner`: separated by blanks, or by commas inside parentheses. Quotes keep both. */
export function functionArguments(inner: string, nameEnd: number, offset: number): FunctionArgument[] {
  let start = nameEnd;
  let end = inner.length;
  const rest = inner.slice(nameEnd).trim();
  if (rest.startsWith('(') && rest.endsWith(')')) {
    start = inner.indexOf('(', nameEnd) + 1;
    end = inner.lastIndexOf(')');
  }
  const args: FunctionArgument[] = [];
  for (const match of inner.slice(start, end).matchAll(/"([^"]*)"|'([^']*)'|[^\s,]+/g)) {
    const from = start + match.index;
    const quotedText = match[1] ?? match[2];
    const whole = spannedText(inner, from, from + match[0].length);
    args.push({
      text: quotedText ?? whole.text,
      span: { start: whole.span.start + offset, end: whole.span.end + offset },
      quoted: quotedText !== undefined,
    });
  }
  return args;
}
