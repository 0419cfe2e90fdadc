import { createInterface } from 'node:readline/promises';
import type { Question } from '../core/run.ts';

export interface AskOptions {
  /** `--yes`. */
  readonly yes: boolean;
  /** `--var`, which answers prompts. */
  readonly overrides: readonly (readonly [name: string, value: string])[];
  readonly signal: AbortSignal;
}

/**
 * Answers from the flags, else asks where a person can answer: both ends must be a terminal. Questions go to standard error,
 * so that they are seen when the output is a file and stay out of it.
 */
export async function askTerminal(question: Question, options: AskOptions): Promise<string | undefined> {
  if (question.kind === 'prompt') {
    const override = options.overrides.findLast(([name]) => name === question.name);
    if (override) return override[1];
  } else if (options.yes) return 'yes';
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const answer = await readAnswer(questionText(question), options.signal);
  if (question.kind === 'prompt') return answer;
  return answer !== undefined && /^y(?:es)?$/i.test(answer.trim()) ? 'yes' : undefined;
}

/** The flag that answers a question when nobody is there to ask. */
export function answeringFlag(question: Question): string {
  return question.kind === 'prompt' ? `--var ${question.name}=VALUE` : '--yes';
}

function questionText(question: Question): string {
  switch (question.kind) {
    case 'prompt':
      return `${question.text || question.name}: `;
    case 'note':
      return `${question.text} Send it? [y/N] `;
    case 'protected':
      return `${question.environment} is protected. Send ${question.method} ${question.url}? [y/N] `;
    case 'file-outside-root':
      return `${question.path} is outside ${question.root}. Send it? [y/N] `;
  }
}

/** Ctrl+C and the end of the input are no answer. */
async function readAnswer(text: string, signal: AbortSignal): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(text, { signal });
  } catch {
    return undefined;
  } finally {
    terminal.close();
  }
}
