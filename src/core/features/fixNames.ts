import { applyEdits, modify } from 'jsonc-parser';
import { blockAt, requestBlocks, requestId } from '../syntax/query.ts';
import { kebabCase, tagNames } from '../syntax/tagLine.ts';
import { placeholderForm, templatesIn } from '../syntax/template.ts';
import { nearestNames } from '../variables/nearestName.ts';
import { fileName } from '../variables/profiles.ts';
import { functions } from './functions.ts';
import { fix, lineStart, type Fix, type FixInput } from './fix.ts';
import { insertion } from './replacement.ts';
import { scopeOf } from './surroundings.ts';

/** Fixes of names: what was meant, or a definition for what is missing. */
export function nameFixes(input: FixInput): readonly Fix[] {
  switch (input.problem.code) {
    case 'unknown-variable':
      return [...meant(input, variableNames(input)), ...defined(input), ...inEnvironment(input)];
    case 'unknown-request':
      return meant(input, requestIds(input));
    case 'unknown-environment':
      return anotherEnvironment(input);
    case 'unknown-function':
      return meant(
        input,
        functions.map(({ name }) => name),
      );
    case 'unknown-tag':
      return anotherTag(input);
    case 'shadowed-variable':
      return [
        {
          title: 'Choose which one wins',
          replacements: [],
          setting: 'crumbtrail.variablePrecedence',
          preferred: false,
        },
      ];
    case 'duplicate-request-name':
      return [anotherName(input)];
    case 'timestamp-unit':
      return [milliseconds(input)];
    case 'function-arguments':
      return swapped(input);
    default:
      return [];
  }
}

/** The name that the placeholder under the problem begins with, and its place. */
function writtenName({ document, problem }: FixInput): { readonly name: string; readonly start: number } | undefined {
  const [placeholder] = templatesIn(document.text.slice(problem.span.start, problem.span.end), problem.span.start);
  if (!placeholder) return undefined;
  const { form, inner } = placeholder;
  const start = inner.span.start;
  switch (form.kind) {
    case 'name':
    case 'function':
      return { name: form.name, start };
    case 'path':
      return { name: form.root, start };
    case 'expression':
      return undefined;
  }
}

function meant(input: FixInput, candidates: readonly string[]): readonly Fix[] {
  const written = writtenName(input);
  if (!written) return [];
  const span = { start: written.start, end: written.start + written.name.length };
  return nearestNames(written.name, candidates).map((name, index) =>
    fix(`Change to ${name}`, [{ span, text: name }], index === 0),
  );
}

function variableNames(input: FixInput): readonly string[] {
  const block = blockAt(input.document, input.problem.span.start);
  return [...scopeOf(input.document, block, input.around).names(), ...requestIds(input)];
}

function requestIds({ document }: FixInput): readonly string[] {
  return requestBlocks(document).flatMap((block) => requestId(block) ?? []);
}

/** `@name = ` above the request that uses it: below the separator and what is written there already. */
function defined(input: FixInput): readonly Fix[] {
  const written = writtenName(input);
  const block = blockAt(input.document, input.problem.span.start);
  if (!written || !block?.request || placeholderForm(written.name).kind !== 'name') return [];
  const at = lineStart(input.document, block.request.line.start);
  return [fix(`Define @${written.name} above the request`, [insertion(at, `@${written.name} = \n`)], false)];
}

/** The environment in force gets the name, in the file that the profile comes from; `$shared` when none is chosen. */
function inEnvironment(input: FixInput): readonly Fix[] {
  const written = writtenName(input);
  if (!written || written.name.includes('.')) return [];
  const { profiles, environment } = input.around;
  const profile = profiles.profiles.find(({ name }) => name === environment.at(-1));
  const known = profile?.sources.find((source) => source.endsWith('env.json'));
  const file = input.environmentFiles.find(({ path }) =>
    known === undefined ? /(?:^|[\\/])http-client\.env\.json$/.test(path) : path === known,
  );
  if (!file) return [];
  const level = profile?.name ?? '$shared';
  return [
    {
      title: `Add ${written.name} to ${fileName(file.path)} › ${level}`,
      replacements: [],
      elsewhere: { path: file.path, replacements: added(file.text, level, written.name) },
      preferred: false,
    },
  ];
}

function added(
  text: string,
  level: string,
  name: string,
): readonly { span: { start: number; end: number }; text: string }[] {
  const options = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };
  const edits = modify(text === '' ? '{}' : text, [level, name], '', options);
  if (text === '') return [insertion(0, applyEdits('{}', edits))];
  return edits.map(({ offset, length, content }) => ({ span: { start: offset, end: offset + length }, text: content }));
}

/** The tag may name several; the problem's words tell which of them is meant. */
function anotherEnvironment({ document, problem, around }: FixInput): readonly Fix[] {
  const name = /"([^"]+)"/.exec(problem.message)?.[1] ?? '';
  const at = document.text.indexOf(name, problem.span.start);
  if (name === '' || at < 0 || at >= problem.span.end) return [];
  const span = { start: at, end: at + name.length };
  return nearestNames(name, around.profiles.names).map((each, index) =>
    fix(`Change to ${each}`, [{ span, text: each }], index === 0),
  );
}

function anotherTag({ document, problem: { span } }: FixInput): readonly Fix[] {
  const name = kebabCase(document.text.slice(span.start, span.end));
  return nearestNames(name, tagNames).map((each, index) =>
    fix(`Change to ${each}`, [{ span, text: each }], index === 0),
  );
}

function anotherName(input: FixInput): Fix {
  const { document, problem } = input;
  const taken = new Set(requestIds(input));
  const name = document.text.slice(problem.span.start, problem.span.end);
  let number = 2;
  while (taken.has(`${name}${number}`)) number++;
  return fix(`Change to ${name}${number}`, [insertion(problem.span.end, String(number))]);
}

function milliseconds({ problem }: FixInput): Fix {
  const at = problem.span.start + '$timestamp'.length;
  return fix('Change to $timestampMs', [insertion(at, 'Ms')]);
}

/** C5: the two bounds of `{{$randomInt 9 1}}` in the order that counts. */
function swapped({ document, problem }: FixInput): readonly Fix[] {
  const text = document.text.slice(problem.span.start, problem.span.end);
  const [form] = templatesIn(text, problem.span.start).map((each) => each.form);
  const [first, second] = form?.kind === 'function' ? form.args : [];
  if (!first || !second) return [];
  return [
    fix('Swap the two', [
      { span: first.span, text: second.text },
      { span: second.span, text: first.text },
    ]),
  ];
}
