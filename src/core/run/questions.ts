import { looksSecret } from '../http/secretName.ts';
import type { Question, RunInput } from './run.ts';
import type { Session } from '../session/session.ts';
import type { Block, TagNode } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { unanswered } from '../variables/dynamic.ts';
import { choicesOf, questionParts, type Prompt } from '../variables/prompt.ts';

/** An answer to `# @prompt`. */
export interface Answer {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
}

/** A question of `# @prompt`, and the tag that asks it. */
export interface BlockPrompt {
  readonly prompt: Prompt;
  readonly tag: TagNode;
}

/**
 * The questions of `# @prompt name [text]` and Kulala's `# @kulala-prompt`. `text|a,b,c` gives the answers to choose from.
 */
export function promptsOf(block: Block): readonly BlockPrompt[] {
  return block.tags.flatMap((tag): readonly BlockPrompt[] => {
    const [, name, rest = ''] = /^(\S+)\s*(.*)$/s.exec(tag.value?.text ?? '') ?? [];
    if ((tag.name !== 'prompt' && tag.name !== 'kulala-prompt') || name === undefined) return [];
    const { text, list, initial } = questionParts(rest);
    const prompt: Prompt = {
      kind: 'prompt',
      name,
      text: text === '' ? name : text,
      secret: looksSecret(name) || /passw|passphrase|^pass$/i.test(name),
      ...(list !== undefined && { choices: choicesOf(list) }),
      ...(initial !== undefined && { initial }),
    };
    return [{ prompt, tag }];
  });
}

/** `# @note` and `# @prompt`, in the order they are written; what `--var` gives is not asked for. */
export async function askFirst(input: RunInput): Promise<{ readonly answers: readonly Answer[] } | Problem> {
  const { block, ports, overrides } = input;
  for (const note of block.tags.filter((tag) => tag.name === 'note')) {
    const text = note.value?.text ?? 'Send this request?';
    if ((await ports.ask({ kind: 'note', text })) === 'yes') continue;
    const message = `Nobody confirmed the note "${text}". Confirm it when asked.`;
    return { code: 'not-confirmed', severity: 'error', span: note.span, message };
  }
  const answers: Answer[] = [];
  for (const { prompt, tag } of promptsOf(block)) {
    if (overrides.some(([name]) => name === prompt.name) || input.signal.aborted) continue;
    const value = await ports.ask(prompt);
    if (value === undefined) {
      return { code: 'prompt-unanswered', severity: 'error', span: tag.span, message: unanswered(prompt.name) };
    }
    answers.push({ name: prompt.name, value, secret: prompt.secret });
  }
  return { answers };
}

/**
 * The input with each question asked once: a request is prepared again after another was sent for it, and a name used twice
 * is one question.
 */
export function askingOnce(input: RunInput): RunInput {
  const ofThisRun: Answers = new Map();
  const ask = (question: Question): Promise<string | undefined> => {
    // Every block of a file imports the same file: who allowed it to be read has done so for the session.
    const isKept = question.kind === 'file-outside-root' || (question.kind === 'prompt' && question.once === true);
    const answers = isKept ? answersOf(input.session) : ofThisRun;
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? answered(input.ports.ask(question), () => answers.delete(key));
    answers.set(key, answer);
    return answer;
  };
  return { ...input, ports: { ...input.ports, ask } };
}

type Answers = Map<string, Promise<string | undefined>>;

/** Answers that hold as long as a session is open. They are not in its snapshot: an answer may be a password. */
const keptAnswers = new WeakMap<Session, Answers>();

function answersOf(session: Session): Answers {
  const answers = keptAnswers.get(session) ?? new Map<string, Promise<string | undefined>>();
  keptAnswers.set(session, answers);
  return answers;
}

/** Who turned away may be asked again. */
async function answered(answer: Promise<string | undefined>, forget: () => void): Promise<string | undefined> {
  const text = await answer;
  if (text === undefined) forget();
  return text;
}
