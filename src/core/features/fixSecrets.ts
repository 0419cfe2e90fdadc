import { blockAt } from '../syntax/query.ts';
import type { Fix, FixInput } from './fix.ts';
import { writtenSecrets } from './secretProblems.ts';

/** A credential that stands in the file goes to secret storage; the editor asks for its name, because that is what files then say. */
export function secretFixes({ document, problem }: FixInput): readonly Fix[] {
  if (problem.code !== 'secret-in-file') return [];
  const found = writtenSecrets(document).find(({ span }) => span.start === problem.span.start);
  if (!found || !blockAt(document, found.span.start)) return [];
  return [{ title: 'Move it to a secret', replacements: [], secret: found, preferred: true }];
}
