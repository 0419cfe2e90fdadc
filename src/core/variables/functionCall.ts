import { placeholderForm } from '../syntax/template.ts';

/** A `$` function as written: `$randomInt 1 5`, `$random.integer(1, 5)`, `$processEnv %NAME`. */
export interface FunctionCall {
  /** With the `$`, for example `$random.integer`. */
  readonly name: string;
  /** Arguments without their quotes. */
  readonly args: readonly string[];
  /** Everything behind the name, trimmed, for functions that take prose (`$input Your name`). */
  readonly rest: string;
}

/** Reads a call from the inside of a placeholder; `undefined` when it is none. */
export function functionCall(expression: string): FunctionCall | undefined {
  const form = placeholderForm(expression);
  if (form.kind !== 'function') return undefined;
  return {
    name: form.name,
    args: form.args.map((argument) => argument.text),
    rest: expression.slice(form.name.length).trim(),
  };
}
