import type { Span, SpannedText } from '../text/span.ts';
import type { Block, ImportNode } from './ast.ts';

/** `run #name`, `run #name (@host = a, @user = b)` or `run ./file.http`: what is sent where the line stands. */
export interface RunLine {
  /** Id of one request, or the path of a file of which every request is meant. */
  readonly target: SpannedText;
  readonly isFile: boolean;
  /** Hold for what this line sends, and for nothing else. Values as written. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly span: Span;
}

/** The `run` lines of a block, in order. */
export function runLines({ imports }: Block): readonly RunLine[] {
  return imports.filter(({ keyword }) => keyword === 'run').map(readRunLine);
}

/** A block that has `run` lines and no request of its own: sending it sends what they name. */
export function isRunBlock(block: Block): boolean {
  return block.request === undefined && block.imports.some(({ keyword }) => keyword === 'run');
}

function readRunLine({ target: { text, span }, span: whole }: ImportNode): RunLine {
  const [, mark = '', target = '', list = ''] = /^(#\s*)?(.*?)\s*(?:\(\s*(@.*)\))?$/s.exec(text) ?? [];
  const start = span.start + mark.length;
  return {
    target: { text: target, span: { start, end: start + target.length } },
    isFile: mark === '',
    variables: variablesIn(list),
    span: whole,
  };
}

/** `@a = 1, @b=2`: a comma ends a value only where the next variable follows it. */
function variablesIn(list: string): RunLine['variables'] {
  return list.split(/,(?=\s*@[^\s=,]+\s*=)/).flatMap((each) => {
    const [, name, value = ''] = /^\s*@([^\s=]+)\s*=\s*(.*?)\s*$/s.exec(each) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
}
