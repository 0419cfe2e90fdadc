import { folds } from '../../src/core/features/folds.ts';
import { lenses } from '../../src/core/features/lenses.ts';
import { links } from '../../src/core/features/links.ts';
import { problems } from '../../src/core/features/problems.ts';
import { semanticTokens } from '../../src/core/features/semanticTokens.ts';
import { symbols } from '../../src/core/features/symbols.ts';
import { unsentLines } from '../../src/core/features/unsentLines.ts';
import { parseParts, reparse, type ParsedParts } from '../../src/core/syntax/reparse.ts';
import { median, type Figure } from './figure.ts';

const rounds = 60;

/** One character typed in the middle of a long file: reading what it touched. */
export function keystrokeFigure(): Figure {
  const spent = typed(longFile(12_000), () => undefined);
  return { name: 'keystroke, 3.3 MB', unit: 'ms', value: median(spent), target: 1, spread: spreadOf(spent) };
}

/** The same in a file of 5,000 requests, with all that an editor then asks for at once. */
export function featuresFigure(): Figure {
  const spent = typed(longFile(5000), ({ document }) => {
    for (const feature of [lenses, problems, unsentLines, symbols, folds, links, semanticTokens]) feature(document);
  });
  return {
    name: 'all features, 5,000 requests',
    unit: 'ms',
    value: median(spent),
    target: 16,
    spread: spreadOf(spent),
  };
}

/** Milliseconds of each keystroke; the text itself is the editor's to make. */
function typed(text: string, ask: (parts: ParsedParts) => void): readonly number[] {
  let state = parseParts(text);
  ask(state);
  return Array.from({ length: rounds }, () => {
    const before = state.document.text;
    const offset = before.indexOf('"count"', before.length / 2) + 3;
    const after = [before.slice(0, offset), before.slice(offset)].join('x');
    const begun = performance.now();
    state = reparse(state, { offset, length: 0, inserted: 1 }, after);
    ask(state);
    return performance.now() - begun;
  });
}

function spreadOf(spent: readonly number[]): string {
  return `${Math.min(...spent).toFixed(2)} to ${Math.max(...spent).toFixed(2)} ms`;
}

function longFile(blocks: number): string {
  const block = (number: number) => `### Order ${number}
# @name order${number}
@item${number} = {{base}}/items/${number}
POST {{base}}/orders/${number}?expand=lines&page=1 HTTP/1.1
Content-Type: application/json
Authorization: Bearer {{token}}

{
  "item": "{{item${number}}}",
  "count": ${number % 7},
  "note": "as agreed on the phone"
}
`;
  return Array.from({ length: blocks }, (_, index) => block(index + 1)).join('\n');
}
