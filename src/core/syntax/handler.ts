/** One global that a JetBrains handler sets: from a part of the response (`reference`), or to a text. */
export type DeclarativeCapture =
  { readonly name: string; readonly reference: string } | { readonly name: string; readonly literal: string };

/** What a handler does when it does nothing but set globals. */
export interface DeclarativeCaptures {
  readonly captures: readonly DeclarativeCapture[];
}

/**
 * Reads a handler that consists only of `client.global.set("name", …)` with a path into the response, `response.headers.valueOf("X")`
 * or a text (GRAMMAR 3.1). Such handlers run without a script engine; for any other source the answer is `undefined`: it is not run.
 * References are those of `# @capture`: `response.body.token`, `response.headers.X`.
 */
export function declarativeCaptures(source: string): DeclarativeCaptures | undefined {
  const tokens = tokensOf(source);
  if (!tokens) return undefined;
  const captures: DeclarativeCapture[] = [];
  const reader = { tokens, at: 0 };
  while (reader.at < tokens.length) {
    if (take(reader, ';')) continue;
    const capture = readStatement(reader);
    if (!capture) return undefined;
    captures.push(capture);
  }
  return captures.length > 0 ? { captures } : undefined;
}

type Token =
  | { readonly kind: 'name' | 'mark' | 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

const tokenPattern =
  /\s+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|([\p{L}_$][\p{L}\p{N}_$]*)|(\d+)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`)|(\?\.|[.()[\],;])/uy;

/** `undefined` when the source holds anything that such a handler cannot need. */
function tokensOf(source: string): Token[] | undefined {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < source.length) {
    const match = tokenPattern.exec(source);
    if (!match) return undefined;
    const [, name, number, text, mark] = match;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (text !== undefined) tokens.push({ kind: 'text', text: unquoted(text) });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark === '?.' ? '.' : mark });
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (_, mark: string) => escapes[mark] ?? mark);
}

function readStatement(reader: Reader): DeclarativeCapture | undefined {
  if (!takeAll(reader, ['client', '.', 'global', '.', 'set', '('])) return undefined;
  const name = reader.tokens[reader.at++];
  if (name?.kind !== 'text' || !take(reader, ',')) return undefined;
  const value = reader.tokens[reader.at];
  if (value?.kind === 'text') {
    reader.at++;
    return take(reader, ')') ? { name: name.text, literal: value.text } : undefined;
  }
  const reference = readReference(reader);
  return reference !== undefined && take(reader, ')') ? { name: name.text, reference } : undefined;
}

/** `response.body…` or `response.headers.valueOf("X")`, as a reference. */
function readReference(reader: Reader): string | undefined {
  if (!takeAll(reader, ['response', '.'])) return undefined;
  if (takeAll(reader, ['headers', '.', 'valueOf', '('])) {
    const header = reader.tokens[reader.at++];
    return header?.kind === 'text' && take(reader, ')') ? `response.headers.${header.text}` : undefined;
  }
  return takeAll(reader, ['body']) ? readPath(reader) : undefined;
}

function readPath(reader: Reader): string | undefined {
  let path = 'response.body';
  for (;;) {
    if (take(reader, '.')) {
      const name = reader.tokens[reader.at++];
      if (name?.kind !== 'name') return undefined;
      path += `.${name.text}`;
    } else if (take(reader, '[')) {
      const index = reader.tokens[reader.at++];
      if (!index || index.kind === 'name' || index.kind === 'mark' || !take(reader, ']')) return undefined;
      path += index.kind === 'number' ? `[${index.text}]` : `['${index.text.replace(/['\\]/g, '\\$&')}']`;
    } else return path;
  }
}

function takeAll(reader: Reader, texts: readonly string[]): boolean {
  const matches = texts.every((text, index) => {
    const token = reader.tokens[reader.at + index];
    return token?.kind !== 'text' && token?.text === text;
  });
  if (matches) reader.at += texts.length;
  return matches;
}

function take(reader: Reader, mark: string): boolean {
  return takeAll(reader, [mark]);
}
