import type { Counts } from './compare.ts';
import { type CorpusResult, type DialectCounts, sum } from './readCorpus.ts';

/** The rows of the README's table: one for each dialect, and one for all. */
export function corpusRows({ byDialect }: CorpusResult): readonly string[] {
  const all = byDialect.reduce((sums, each) => ({
    dialect: '**all**',
    files: sum(sums.files, each.files),
    requests: sum(sums.requests, each.requests),
  }));
  return [...byDialect, all].map(row);
}

function row({ dialect, files, requests }: DialectCounts): string {
  const compared = requests.agreed + requests.differing;
  const cells = [dialect, total(files), `${requests.agreed} of ${compared}`, requests.uncertain, files.differing];
  return `| ${cells.join(' | ')} |`;
}

function total({ agreed, differing, uncertain }: Counts): number {
  return agreed + differing + uncertain;
}
