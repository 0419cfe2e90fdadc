import { semanticTokens, tokenModifiers, tokenTypes } from '../../src/core/features/semanticTokens.ts';
import type { HttpDocument } from '../../src/core/syntax/ast.ts';

/** A token of five numbers in words again, with its place in the text. */
export function tokensOf(document: HttpDocument) {
  const data = semanticTokens(document);
  let line = 0;
  let character = 0;
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.subarray(index * 5, index * 5 + 5);
    line += lines;
    character = lines === 0 ? character + characters : characters;
    const start = document.lines.startOf(line) + character;
    const modifier = tokenModifiers.filter((_name, bit) => (modifiers & (1 << bit)) !== 0).join(' ');
    return { span: { start, end: start + length }, type: tokenTypes[type], modifier };
  });
}
