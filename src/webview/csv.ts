/** Entry of dist/csv.js: reads tables of fields (RFC 4180, and what programs write instead). Loaded with the first one. */
import papaparse from 'papaparse';

/** Rows of fields; the delimiter is found out when none is given. A line that holds nothing is no row. */
export function readCsv(text: string, delimiter: string | undefined): string[][] {
  // oxlint-disable-next-line import/no-named-as-default-member -- the package is CommonJS
  const { data } = papaparse.parse<string[]>(text, { delimiter: delimiter ?? '', skipEmptyLines: true });
  return data;
}
