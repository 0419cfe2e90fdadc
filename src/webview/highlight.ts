import type { CodeLanguage } from './viewerApi.ts';

/** A piece of a line; without `kind` it has no colour of its own. */
export interface Token {
  readonly text: string;
  readonly kind?: 'key' | 'string' | 'number' | 'literal' | 'tag' | 'comment';
}

/** Colours for short texts, line by line; long ones go to the code viewer, which parses. */
export function highlight(lines: readonly string[], language: CodeLanguage): Token[][] {
  switch (language) {
    case 'json':
      return lines.map((line) => tokens(line, jsonToken, jsonKind));
    case 'xml':
    case 'html':
      return lines.map((line) => tokens(line, xmlToken, xmlKind));
    case 'http':
      return httpTokens(lines);
    case 'css':
      return lines.map((line) => tokens(line, cssToken, cssKind));
    case 'javascript':
    case 'graphql':
      return lines.map((line) => tokens(line, scriptToken, scriptKind));
    case 'yaml':
      return lines.map((line) => tokens(line, yamlToken, yamlKind));
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

const cssToken = /\/\*.*?\*\/|"[^"]*"|'[^']*'|#[\da-f]{3,8}\b|-?\d*\.?\d+(?:%|[a-z]+)?|@[\w-]+|[\w-]+(?=\s*:\s)/gi;

function cssKind(token: string): Token['kind'] {
  if (token.startsWith('/*')) return 'comment';
  if (/^["']/.test(token)) return 'string';
  if (token.startsWith('@')) return 'literal';
  return /^(?:#|-?[\d.])/.test(token) ? 'number' : 'key';
}

const scriptToken =
  /\/\/.*|#.*|\/\*.*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\b\d[\w.]*|[$@]\w+|\b(?:async|await|break|case|catch|class|const|continue|default|delete|do|else|enum|export|extends|false|finally|for|fragment|from|function|if|import|in|input|instanceof|interface|let|mutation|new|null|of|on|query|return|scalar|schema|static|subscription|super|switch|this|throw|true|try|type|typeof|undefined|union|var|void|while|yield)\b/g;

function scriptKind(token: string): Token['kind'] {
  if (/^(?:\/|#)/.test(token)) return 'comment';
  if (/^["'`]/.test(token)) return 'string';
  if (/^\d/.test(token)) return 'number';
  return /^[$@]/.test(token) ? 'key' : 'literal';
}

const yamlToken =
  /(?:^|\s)#.*|(?:^|(?<=[\s-]))[\w./-]+(?=:(?:\s|$))|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=[:\s-]\s*)(?:-?\d[\d._eE+-]*|true|false|null|~)(?=\s*$)/g;

function yamlKind(token: string, after: string): Token['kind'] {
  if (/^\s*#/.test(token)) return 'comment';
  if (/^["']/.test(token)) return 'string';
  if (after.startsWith(':')) return 'key';
  return /^-?\d/.test(token) ? 'number' : 'literal';
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
