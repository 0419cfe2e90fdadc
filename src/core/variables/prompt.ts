import type { FunctionCall } from './functionCall.ts';

/** A value that somebody is asked for. */
export interface Prompt {
  readonly kind: 'prompt';
  readonly name: string;
  readonly text: string;
  readonly secret: boolean;
  /** The answers to choose from; any answer will do when absent. */
  readonly choices?: readonly string[];
  /** What is offered as the answer. */
  readonly initial?: string;
  /** Asked once in the life of a session and not with every send (httpYac's `-askonce`). */
  readonly once?: true;
}

/**
 * The question of `{{$input Your name $value: Ann}}`, `{{$pick Size $value: S,M,L}}`, `{{$password Code}}`, `{{$prompt otp Your code}}`;
 * `text|a,b,c` is a choice too. `undefined` when it says nothing to ask for.
 */
export function promptOf(call: FunctionCall): Prompt | undefined {
  const kind = call.name.replace(/-askonce$/, '');
  const { text, list, initial } = questionParts(call.rest);
  if (text === '') return undefined;
  const [name = text, ...more] = kind === '$prompt' ? text.split(/\s+/) : [text];
  const given = kind === '$pick' ? (list ?? initial) : list;
  return {
    kind: 'prompt',
    name,
    text: more.length > 0 ? more.join(' ') : text,
    secret: kind === '$password',
    ...(given !== undefined && { choices: choicesOf(given) }),
    ...(kind !== '$pick' && initial !== undefined && { initial }),
    ...(call.name !== kind && { once: true }),
  };
}

/** `text|a,b,c` and `text $value: x`, taken apart. */
export function questionParts(written: string): {
  readonly text: string;
  readonly list: string | undefined;
  readonly initial: string | undefined;
} {
  const [, question = written, initial] = /^(.*?)\s*\$value:\s*(.*)$/s.exec(written) ?? [];
  const [, text = question, list] = /^([^|]*)\|(.*)$/s.exec(question) ?? [];
  return { text: text.trim(), list, initial };
}

export function choicesOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '');
}
