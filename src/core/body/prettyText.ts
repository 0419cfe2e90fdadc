import { prettyJson } from './prettyJson.ts';
import { prettyXml } from './prettyXml.ts';

/** How a body can be re-indented. `json-lines` is one JSON text a line (NDJSON, JSON Lines, JSON text sequences). */
export type PrettyFormat = 'json' | 'json-lines' | 'xml';

/** The text re-indented, nothing lost; `undefined` when that is not possible. With `partial` the text was cut at its end. */
export function prettyText(text: string, format: PrettyFormat, partial: boolean): string | undefined {
  switch (format) {
    case 'json':
      return prettyJson(text, partial);
    case 'json-lines':
      return prettyJsonLines(text, partial);
    case 'xml':
      return prettyXml(text, partial);
  }
}

/** Each record on its own; a line that is no JSON stays as it is, and a record that stays on one line shows that it is one. */
function prettyJsonLines(text: string, partial: boolean): string | undefined {
  const lines = text.split(/\r\n|\n/);
  const shown = lines.map((line, index) => prettyJson(line, partial && index === lines.length - 1));
  if (shown.every((line) => line === undefined)) return undefined;
  return lines.map((line, index) => shown[index] ?? line).join('\n');
}
