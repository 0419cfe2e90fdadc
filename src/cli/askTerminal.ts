import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Question, RunInput } from '../core/run/run.ts';

type Prompt = Extract<Question, { readonly kind: 'prompt' }>;

export interface AskOptions {
  /** `--yes`. */
  readonly yes: boolean;
  /** `--var`, which answers prompts. */
  readonly overrides: RunInput['overrides'];
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
  if (!canAsk()) return undefined;
  if (question.kind === 'prompt') return askPrompt(question, options.signal);
  const answer = await readAnswer(`${confirmText(question)} [y/N] `, false, options.signal);
  return answer !== undefined && /^y(?:es)?$/i.test(answer.trim()) ? 'yes' : undefined;
}

/** Whether somebody is there to be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** The flag that answers a question when nobody is there to ask. */
export function answeringFlag(question: Question): string {
  return question.kind === 'prompt' ? `--var ${question.name}=VALUE` : '--yes';
}

/** Asks again until the answer is one of the choices, where there are any; an empty one is what is offered. */
async function askPrompt(
  { text, name, secret, choices, initial }: Prompt,
  signal: AbortSignal,
): Promise<string | undefined> {
  const list = choices ? ` (${choices.join(', ')})` : '';
  const offered = initial === undefined ? '' : ` [${initial}]`;
  for (;;) {
    const given = await readAnswer(`${text || name}${list}${offered}: `, secret, signal);
    const answer = given === '' ? (initial ?? '') : given;
    if (answer === undefined || !choices || choices.includes(answer)) return answer;
  }
}

function confirmText(question: Exclude<Question, Prompt>): string {
  switch (question.kind) {
    case 'note':
      return `${question.text} Send it?`;
    case 'protected':
      return `${question.environment} is protected. Send ${question.method} ${question.url}?`;
    case 'file-outside-root':
      return `${question.path} is outside ${question.root}. Send it?`;
    case 'dependency':
      return `${question.neededBy} needs the response of ${question.name}, which was not sent yet. Send that first?`;
  }
}

/** The end of the input is no answer, and Ctrl+C cancels the run: readline would take it for itself. */
async function readAnswer(text: string, hidden: boolean, signal: AbortSignal): Promise<string | undefined> {
  const echo = new EchoUntilMuted();
  const terminal = createInterface({ input: process.stdin, output: echo, terminal: true });
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = terminal.question(text, { signal });
    echo.muted = hidden;
    return await answer;
  } catch {
    return undefined;
  } finally {
    terminal.close();
    if (hidden) process.stderr.write('\n');
  }
}

/** Writes to standard error until what is typed must not be seen. */
class EchoUntilMuted extends Writable {
  muted = false;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (!this.muted) process.stderr.write(chunk);
    done();
  }
}
