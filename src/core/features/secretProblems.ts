import { looksSecret } from '../http/secretName.ts';
import type { HttpDocument, RequestBlock } from '../syntax/ast.ts';
import { requestBlocks } from '../syntax/query.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';

/** A credential that stands in the text itself, and a name for it when it is kept elsewhere. */
export interface WrittenSecret {
  readonly span: Span;
  readonly name: string;
  /** In words: `an access token`. */
  readonly what: string;
}

/** Hints for credentials in a file that others get with the repository; the fix moves them to secret storage. */
export function secretProblems(document: HttpDocument): readonly Problem[] {
  return writtenSecrets(document).map(({ span, what }) => ({
    code: 'secret-in-file',
    severity: 'hint',
    span,
    message: `This is ${what}, and git tracks this file. Move it to a secret: {{$secret name}} keeps it on this machine.`,
  }));
}

/** Credentials written out in headers, in variables, and anywhere else that a key or token gives itself away; in order of place. */
export function writtenSecrets(document: HttpDocument): readonly WrittenSecret[] {
  const found = [
    ...requestBlocks(document).flatMap(headerSecrets),
    ...variableSecrets(document),
    ...patternSecrets(document.text),
  ].toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  // A token inside a header that was found is the same secret.
  return found.filter((each, index) => !found.slice(0, index).some(({ span }) => each.span.start < span.end));
}

function headerSecrets({ request }: RequestBlock): readonly WrittenSecret[] {
  return request.headers.flatMap((header) => {
    if (header.kind !== 'field' || !looksSecret(header.name.text)) return [];
    const { text, span } = header.value;
    const [, scheme = '', rest = ''] = /^((?:basic|bearer|digest|token|apikey)\s+)?(.*)$/is.exec(text) ?? [];
    if (!isLiteral(rest)) return [];
    const start = span.start + scheme.length;
    const name = scheme === '' ? safeName(header.name.text) : scheme.trim().toLowerCase();
    return [{ span: { start, end: start + rest.length }, name, what: `the value of ${header.name.text}` }];
  });
}

function variableSecrets({ variables }: HttpDocument): readonly WrittenSecret[] {
  return variables.flatMap(({ name, value }) =>
    looksSecret(name.text) && isLiteral(value.text)
      ? [{ span: value.span, name: safeName(name.text), what: `the value of "${name.text}"` }]
      : [],
  );
}

/** Our choice of what gives itself away: few, and never a plain word. */
const patterns: readonly (readonly [pattern: RegExp, name: string, what: string])[] = [
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g, 'jwt', 'a JSON Web Token'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_\w{30,}\b/g, 'githubToken', 'an access token of GitHub'],
  [/\bglpat-[\w-]{20,}\b/g, 'gitlabToken', 'an access token of GitLab'],
  [/\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}\b/g, 'stripeKey', 'a key of Stripe'],
  [/\bsk-[A-Za-z0-9_-]{32,}\b/g, 'apiKey', 'an API key'],
  [/\bAKIA[0-9A-Z]{16}\b/g, 'awsKeyId', 'an access key of AWS'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g, 'slackToken', 'a token of Slack'],
  [/\bAIza[\w-]{35}\b/g, 'googleKey', 'an API key of Google'],
];

function patternSecrets(text: string): readonly WrittenSecret[] {
  return patterns.flatMap(([pattern, name, what]) =>
    [...text.matchAll(pattern)].map((match) => ({
      span: { start: match.index, end: match.index + match[0].length },
      name,
      what,
    })),
  );
}

/** A value that somebody could use: no placeholder, and none of the words that stand for one. */
function isLiteral(value: string): boolean {
  const text = value.trim();
  if (text.length < 8 || /\{\{|\s/.test(text)) return false;
  return !/^(?:<.*>|\[.*\]|\$\w+|[x*.•-]+|(?:your|my|some|the|change|replace|insert|example|dummy|secret|password|token).*)$/i.test(
    text,
  );
}

function safeName(text: string): string {
  return text.replaceAll(/[^\w]+(\w)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase()) || 'secret';
}
