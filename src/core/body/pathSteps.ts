import { pathTest, type PathTest } from './pathTest.ts';
import { rootedPath } from './rootedPath.ts';

/** What a step of a path selects of the children of a value. */
export type PathSelector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'all' }
  /** Items from `from` up to the one before `to`, each `every`th of them. */
  | { readonly kind: 'slice'; readonly from: number; readonly to: number; readonly every: number }
  | { readonly kind: 'test'; readonly test: PathTest };

export interface PathStep {
  readonly selector: PathSelector;
  /** Of all that a value holds, at any depth (`..`). */
  readonly isDeep: boolean;
}

/**
 * The steps of a JSONPath (RFC 9535) that can be followed while a text of any size goes by: names, items, slices, `*`, one `..`
 * and simple filters. `undefined` for everything else: what counts from the end, or needs an order of its own, or is no path.
 */
export function pathSteps(path: string): readonly PathStep[] | undefined {
  const text = rootedPath(path);
  const steps: PathStep[] = [];
  let at = 1;
  while (at < text.length) {
    const found = stepAt(text, at);
    if (!found) return undefined;
    steps.push(found.step);
    at = found.end;
  }
  // With a second `..` one value may be found by several ways. Thirty steps are the bits of a number.
  return steps.filter(({ isDeep }) => isDeep).length > 1 || steps.length > 30 ? undefined : steps;
}

interface FoundStep {
  readonly step: PathStep;
  readonly end: number;
}

const shorthand = /\s*(\.\.?)(?:(\*)|([\p{L}_][\p{L}\p{N}_]*))/uy;
const integer = '(0|[1-9]\\d{0,14})';
const bracket = new RegExp(
  String.raw`\s*(\.\.)?\[\s*(?:(\*)|'([^'\\]*)'|"([^"\\]*)"|${integer}|${integer}?\s*:\s*${integer}?\s*(?::\s*([1-9]\d{0,14})?\s*)?)\s*\]`,
  'uy',
);

function stepAt(text: string, at: number): FoundStep | undefined {
  shorthand.lastIndex = at;
  const short = shorthand.exec(text);
  if (short) {
    const [, dots, star, name = ''] = short;
    const selector = star === undefined ? ({ kind: 'name', name } as const) : ({ kind: 'all' } as const);
    return { step: { selector, isDeep: dots === '..' }, end: shorthand.lastIndex };
  }
  bracket.lastIndex = at;
  const found = bracket.exec(text);
  if (!found) return testAt(text, at);
  return { step: { selector: bracketed(found), isDeep: found[1] !== undefined }, end: bracket.lastIndex };
}

function bracketed([, , star, single, double, item, from, to, every]: RegExpExecArray): PathSelector {
  if (star !== undefined) return { kind: 'all' };
  const name = single ?? double;
  if (name !== undefined) return { kind: 'name', name };
  if (item !== undefined) return { kind: 'slice', from: Number(item), to: Number(item) + 1, every: 1 };
  return { kind: 'slice', from: Number(from ?? 0), to: Number(to ?? Infinity), every: Number(every ?? 1) };
}

/** Below `..` a filter would read every value as often as it is deep. */
function testAt(text: string, at: number): FoundStep | undefined {
  const found = pathTest(text, at);
  return found && { step: { selector: { kind: 'test', test: found.test }, isDeep: false }, end: found.end };
}
