import { parse } from '../../src/core/syntax/parse.ts';
import { median, type Figure } from './figure.ts';

const rounds = 15;

/** The parser over a long file of everyday requests, and over one of the smallest there are, all in memory. */
export function parseFigures(): readonly Figure[] {
  return [speedOf('parse', everydayFile()), speedOf('parse, smallest requests', smallestFile())];
}

/** With the problems that only the whole file shows: a tree has them when somebody asks. */
function speedOf(name: string, text: string): Figure {
  let problems = parse(text).problems.length;
  const speeds = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    problems += parse(text).problems.length;
    return text.length / 1e6 / ((performance.now() - begun) / 1e3);
  });
  if (problems > 0) return { name, unit: 'MB/s', target: 60, trouble: 'the text has problems' };
  const spread = `${Math.min(...speeds).toFixed(0)} to ${Math.max(...speeds).toFixed(0)} MB/s over ${(text.length / 1e6).toFixed(1)} MB`;
  return { name, unit: 'MB/s', value: median(speeds), target: 60, spread };
}

function smallestFile(): string {
  return Array.from({ length: 90_000 }, (_, index) => `###\nGET https://example.com/items/${index}\n`).join('\n');
}

/** About 3.3 MB: 12,000 blocks with variables, headers and a JSON body. */
function everydayFile(): string {
  const block = (number: number) => `### Order ${number}
# @name order${number}
@item${number} = {{base}}/items/${number}
POST {{base}}/orders/${number}?expand=lines&page=1 HTTP/1.1
Content-Type: application/json
Authorization: Bearer {{token}}
X-Trace: {{$uuid}}

{
  "item": "{{item${number}}}",
  "count": ${number % 7},
  "note": "as agreed on the phone"
}
`;
  return Array.from({ length: 12_000 }, (_, index) => block(index + 1)).join('\n');
}
