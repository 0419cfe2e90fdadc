import type { Block } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';

/** Milliseconds to wait around a request that is sent with others. */
export interface Delays {
  readonly before: number;
  readonly after: number;
}

/** What `# @sleep`, `# @pre-delay` (before) and `# @post-delay` (after) say; 0 where they say nothing that can be read. */
export function delaysOf(block: Block): Delays {
  const sum = (names: readonly string[]): number =>
    block.tags
      .filter(({ name }) => names.includes(name))
      .reduce((total, { value }) => total + (milliseconds(value?.text ?? '') ?? 0), 0);
  return { before: sum(['sleep', 'pre-delay']), after: sum(['post-delay']) };
}

export function delayProblems(block: Block): readonly Problem[] {
  return block.tags
    .filter(({ name }) => ['sleep', 'pre-delay', 'post-delay'].includes(name))
    .filter(({ value }) => milliseconds(value?.text ?? '') === undefined)
    .map(({ name, value, span }) => {
      const message = `"${value?.text ?? ''}" is no time. Write for example "# @${name} 500" for milliseconds, or "2 s".`;
      return { code: 'bad-tag-value', severity: 'warning', span, message };
    });
}

/** A bare number is milliseconds: so the tools have it that these tags come from. */
function milliseconds(text: string): number | undefined {
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/i.exec(text.trim()) ?? [];
  if (amount === undefined) return undefined;
  const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
  return Number(amount) * (factors[unit.toLowerCase()] ?? 1);
}
