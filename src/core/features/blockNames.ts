import type { Block, HttpDocument, TagNode } from '../syntax/ast.ts';
import { declarativeCaptures } from '../syntax/handler.ts';
import { isRequestBlock, requestId } from '../syntax/query.ts';
import { runLines } from '../syntax/runLine.ts';
import { originOf } from '../syntax/shiftedBlock.ts';
import { placeholderForm, templatesIn, type Placeholder } from '../syntax/template.ts';
import { spanContains, type Span } from '../text/span.ts';
import { unsentOf } from './unsentLines.ts';

/**
 * A name as one block alone shows it; offsets are from the block's beginning. What a use means, only the document knows:
 * - `variable`, `request`: the one or the other, whatever else has that name;
 * - `name`, `path`: what stands in a placeholder (C19); `root` is what a path begins with.
 */
export interface LocalName {
  readonly role: 'definition' | 'use';
  readonly form: 'variable' | 'request' | 'name' | 'path';
  readonly name: string;
  readonly root: string;
  readonly span: Span;
}

export interface BlockNames {
  /** In order of place. */
  readonly names: readonly LocalName[];
  /** Names of `$` functions. */
  readonly functions: readonly Span[];
  /** Everything by which references may call the request: its id first, its title, and both with `_` for what is no word (C3). */
  readonly calledBy: readonly string[];
}

/** Remembered for as long as the block stands unchanged, wherever other edits move it to. */
export function blockNames(document: HttpDocument, block: Block): BlockNames {
  const origin = originOf(block);
  const known = remembered.get(origin);
  if (known) return known;
  const names = readNames(origin, document.text.slice(block.span.start, block.span.end));
  remembered.set(origin, names);
  return names;
}

const remembered = new WeakMap<Block, BlockNames>();

function readNames(block: Block, text: string): BlockNames {
  const base = block.span.start;
  const placeholders = text.includes('{{') ? withoutComments(block, text, templatesIn(text, base)) : [];
  const absolute = [
    ...definitions(block),
    ...placeholders.flatMap(placeholderUse),
    ...block.tags.flatMap(tagUse),
    ...otherUses(block),
  ];
  const id = block.request && requestId(block);
  return {
    names: absolute
      .sort((a, b) => a.span.start - b.span.start)
      .map((each) => ({ ...each, span: { start: each.span.start - base, end: each.span.end - base } })),
    functions: placeholders.flatMap(({ form, inner }) => {
      const start = inner.span.start - base;
      return form.kind === 'function' ? [{ start, end: start + form.name.length }] : [];
    }),
    calledBy: id === undefined ? [] : withAliases([id, block.title?.text ?? id]),
  };
}

function withAliases(names: readonly string[]): readonly string[] {
  return [...new Set([...names, ...names.map((name) => name.replace(/[^\p{L}\p{N}_]/gu, '_'))])];
}

function local(role: LocalName['role'], form: LocalName['form'], name: string, start: number, root = name): LocalName {
  return { role, form, name, root, span: { start, end: start + name.length } };
}

function definitions(block: Block): LocalName[] {
  const variables = block.variables.map(({ name }) => local('definition', 'variable', name.text, name.span.start));
  const handlers = block.scripts.flatMap((script) =>
    script.kind === 'handler' && !script.isFile ? handlerNames(script.source.text, script.source.span.start) : [],
  );
  const id = requestId(block);
  const tag = block.tags.find((each) => each.name === 'name' && each.value);
  const span = tag?.value?.span ?? block.title?.span;
  const request =
    isRequestBlock(block) && id !== undefined && span ? [{ ...local('definition', 'request', id, 0), span }] : [];
  return [...variables, ...block.tags.flatMap(tagDefinition), ...handlers, ...request];
}

/** `# @prompt name [text]`, `# @capture name = reference`. */
function tagDefinition({ name: tag, value }: TagNode): LocalName[] {
  if (!value || !['prompt', 'kulala-prompt', 'capture'].includes(tag)) return [];
  const name = (tag === 'capture' ? /^[^\s=]+(?=\s*=)/ : /^\S+/).exec(value.text)?.[0];
  return name === undefined ? [] : [local('definition', 'variable', name, value.span.start)];
}

/** Names that a JetBrains handler sets, when it does nothing else. */
function handlerNames(source: string, offset: number): LocalName[] {
  if (!declarativeCaptures(source)) return [];
  return [...source.matchAll(/client\s*\.\s*global\s*\.\s*set\s*\(\s*(["'`])((?:(?!\1)[^\\\n])+)\1/g)].map((match) => {
    const name = match[2] ?? '';
    return local('definition', 'variable', name, offset + match.index + match[0].length - 1 - name.length);
  });
}

function placeholderUse({ form, inner }: Placeholder): LocalName[] {
  const { start } = inner.span;
  switch (form.kind) {
    case 'name':
      return [local('use', 'name', form.name, start)];
    case 'path':
      return [local('use', 'path', form.path, start, form.root)];
    case 'function': {
      // `{{$processEnv %name}}` and `{{$shared name}}` use a variable.
      const [argument] = form.args;
      if (argument && form.name === '$shared') return [local('use', 'variable', argument.text, argument.span.start)];
      if (!argument?.text.startsWith('%')) return [];
      return [local('use', 'variable', argument.text.slice(1), argument.span.start + 1)];
    }
    case 'expression':
      return [];
  }
}

/** `# @ref id` (`# @dependsOn id`), and the reference of `# @capture name = id.response…`. */
function tagUse({ name, value }: TagNode): LocalName[] {
  if (!value) return [];
  if (name === 'ref' || name === 'force-ref' || name === 'depends-on')
    return [local('use', 'request', value.text, value.span.start)];
  const before = name === 'capture' ? /^[^\s=]+\s*=\s*(?:\{\{\s*)?(?=\S)/.exec(value.text)?.[0] : undefined;
  // In braces it is a placeholder, and found as one.
  if (before === undefined || before.includes('{{')) return [];
  const form = placeholderForm(value.text.slice(before.length));
  if (form.kind !== 'path' || /^(?:response|request)$/.test(form.root)) return [];
  return [local('use', 'request', form.root, value.span.start + before.length)];
}

/** `run #id`, and httpYac's `...name` among the headers. */
function otherUses(block: Block): LocalName[] {
  const runs = runLines(block).flatMap(({ isFile, target: { text, span } }) =>
    isFile ? [] : [local('use', 'request', text, span.start)],
  );
  const spreads = block.request?.headers.filter(({ kind }) => kind === 'spread') ?? [];
  return [...runs, ...spreads.map(({ value }) => local('use', 'variable', value.text, value.span.start))];
}

/** A comment line is not read, but for tags, and but for bodies in which it is text (C1). */
function withoutComments(block: Block, text: string, placeholders: readonly Placeholder[]): readonly Placeholder[] {
  const base = block.span.start;
  const inComments = placeholders.filter(({ span }) => isInComment(text, span.start - base));
  if (inComments.length === 0) return placeholders;
  const { request } = block;
  const unsent = new Set(isRequestBlock(block) ? unsentOf(block).map(({ start }) => start) : []);
  const isRead = ({ span }: Placeholder): boolean => {
    if (block.tags.some((tag) => spanContains(tag.span, span.start))) return true;
    if (!request?.body || !spanContains(request.body.span, span.start)) return false;
    return !unsent.has(base + lineStart(text, span.start - base));
  };
  const commentedOut = new Set(inComments.filter((each) => !isRead(each)));
  return placeholders.filter((each) => !commentedOut.has(each));
}

function isInComment(text: string, at: number): boolean {
  const start = lineStart(text, at);
  return /^\s*(?:#|\/\/)/.test(text.slice(start, Math.min(at, start + 200)));
}

/** A walk back, because a search for an end that the text never has would read all of it for each placeholder. */
function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return start;
}
