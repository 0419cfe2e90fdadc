/** A piece of XML text. `open` is a start tag, `empty` a tag that closes itself, `other` a comment, instruction or DOCTYPE. */
export interface XmlToken {
  readonly kind: 'open' | 'close' | 'empty' | 'text' | 'cdata' | 'other';
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts XML into tokens that cover all of it, in one pass. `undefined` when a tag, comment or section does not end;
 * with `partial` what does not end is one last token.
 */
export function xmlTokens(text: string, partial: boolean): XmlToken[] | undefined {
  const tokens: XmlToken[] = [];
  for (let at = 0; at < text.length;) {
    const token = text.charCodeAt(at) === lessThan ? markup(text, at) : characters(text, at);
    if (token === undefined) return partial ? [...tokens, { kind: 'other', start: at, end: text.length }] : undefined;
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

const lessThan = 0x3c;

function characters(text: string, start: number): XmlToken {
  const next = text.indexOf('<', start);
  return { kind: 'text', start, end: next < 0 ? text.length : next };
}

function markup(text: string, start: number): XmlToken | undefined {
  if (text.startsWith('<!--', start)) return until(text, start, '-->', 'other');
  if (text.startsWith('<![CDATA[', start)) return until(text, start, ']]>', 'cdata');
  if (text.startsWith('<?', start)) return until(text, start, '?>', 'other');
  const end = tagEnd(text, start);
  if (end === undefined) return undefined;
  if (text.startsWith('<!', start)) return { kind: 'other', start, end };
  if (text.startsWith('</', start)) return { kind: 'close', start, end };
  return { kind: text.charAt(end - 2) === '/' ? 'empty' : 'open', start, end };
}

function until(text: string, start: number, mark: string, kind: XmlToken['kind']): XmlToken | undefined {
  const found = text.indexOf(mark, start);
  return found < 0 ? undefined : { kind, start, end: found + mark.length };
}

/** End of a tag or DOCTYPE: `>` counts neither in quotes nor in the brackets of an internal subset (XML 1.0 2.8). */
function tagEnd(text: string, start: number): number | undefined {
  let quote = '';
  let brackets = 0;
  const doctype = text.charAt(start + 1) === '!';
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '[' && doctype) brackets++;
    else if (char === ']' && doctype) brackets--;
    else if (char === '<' && brackets === 0) return undefined;
    else if (char === '>' && brackets === 0) return at + 1;
  }
  return undefined;
}
