import { parse } from '../../src/core/syntax/parse.ts';
import { median, type Figure } from './figure.ts';

const rounds = 15;

/** The parser over a long file of everyday requests, all in memory. */
export function parseFigure(): Figure {
  const text = everydayFile();
  parse(text);
  const speeds = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    parse(text);
    return text.length / 1e6 / ((performance.now() - begun) / 1e3);
  });
  const spread = `${Math.min(...speeds).toFixed(0)} to ${Math.max(...speeds).toFixed(0)} MB/s over ${(text.length / 1e6).toFixed(1)} MB`;
  return { name: 'parse', unit: 'MB/s', value: median(speeds), spread };
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
