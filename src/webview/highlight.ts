/** A piece of a line; without `kind` it has no colour of its own. */
export interface Token {
  readonly text: string;
  readonly kind?: 'key' | 'string' | 'number' | 'literal' | 'tag' | 'comment';
}

export type PlainLanguage = 'json' | 'xml' | 'http' | 'plain';

/** Colours for short texts, line by line; long ones go to the code viewer, which parses. */
export function highlight(lines: readonly string[], language: PlainLanguage): Token[][] {
  switch (language) {
    case 'json':
      return lines.map((line) => tokens(line, jsonToken, jsonKind));
    case 'xml':
      return lines.map((line) => tokens(line, xmlToken, xmlKind));
    case 'http':
      return httpTokens(lines);
    case 'plain':
      return lines.map((line) => [{ text: line }]);
  }
}

const jsonToken = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

function jsonKind(token: string, after: string): Token['kind'] {
  if (token.startsWith('"')) return /^\s*:/.test(after) ? 'key' : 'string';
  return /^[tfn]/.test(token) ? 'literal' : 'number';
}

const xmlToken = /<!--.*?-->|<\/?[\w:.-]+|\/?>|[\w:.-]+(?==["'])|"[^"<]*"|'[^'<]*'/g;

function xmlKind(token: string): Token['kind'] {
  if (token.startsWith('<!--')) return 'comment';
  if (/^[<>/]/.test(token)) return 'tag';
  return /^["']/.test(token) ? 'string' : 'key';
}

/** The head up to the empty line: the method and the names of the header lines. */
function httpTokens(lines: readonly string[]): Token[][] {
  const end = lines.indexOf('');
  return lines.map((line, index) => {
    if (end >= 0 && index > end) return [{ text: line }];
    return index === 0 ? tokens(line, /^\S+/g, () => 'literal') : tokens(line, /^[^\s:]+(?=:)/g, () => 'key');
  });
}

function tokens(line: string, pattern: RegExp, kindOf: (token: string, after: string) => Token['kind']): Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) found.push({ text: line.slice(end, match.index) });
    end = match.index + match[0].length;
    const kind = kindOf(match[0], line.slice(end, end + 16));
    found.push(kind === undefined ? { text: match[0] } : { text: match[0], kind });
  }
  if (end < line.length) found.push({ text: line.slice(end) });
  return found;
}
