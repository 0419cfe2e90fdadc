import type { Block, HttpDocument, TagNode } from '../syntax/ast.ts';
import { bodyMedia } from '../syntax/bodyMedia.ts';
import { declarativeCaptures } from '../syntax/handler.ts';
import { blockAt, findRequest, isRequestBlock, requestId } from '../syntax/query.ts';
import { placeholderForm, templatesIn, type Placeholder } from '../syntax/template.ts';
import { spanContains, type Span } from '../text/span.ts';

/** A name written somewhere in a document: where it is given its meaning, or where it is used. */
export interface NameUse {
  readonly kind: 'variable' | 'request';
  /** What it means: a request that is written by its alias (`Get_it` for `Get it`) has its own id here. */
  readonly name: string;
  /** The characters of the name alone. */
  readonly span: Span;
  readonly role: 'definition' | 'use';
}

/** All names of a document in order of place. */
export function namesOf(document: HttpDocument): readonly NameUse[] {
  const known = remembered.get(document);
  if (known) return known;
  const defined = definitions(document);
  const variables = new Set(defined.flatMap(({ kind, name }) => (kind === 'variable' ? [name] : [])));
  const uses = [
    ...placeholderUses(document, variables),
    ...document.blocks.flatMap((block) => [...tagUses(document, block), ...spreadUses(block)]),
  ];
  const names = [...defined, ...uses].sort((a, b) => a.span.start - b.span.start);
  remembered.set(document, names);
  return names;
}

/** A tree never changes, and every feature asks for its names: they are looked for once. */
const remembered = new WeakMap<HttpDocument, readonly NameUse[]>();

/** The name under the cursor; at its last character's end too, as editors count it. */
export function nameAt(document: HttpDocument, offset: number): NameUse | undefined {
  return namesOf(document).find(({ span }) => spanContains(span, offset));
}

/** Whether `use` and `other` mean the same thing of one document. */
export function isSameName(use: Pick<NameUse, 'kind' | 'name'>, other: Pick<NameUse, 'kind' | 'name'>): boolean {
  return use.kind === other.kind && use.name === other.name;
}

function definitions(document: HttpDocument): NameUse[] {
  return document.blocks.flatMap((block) => [
    ...block.variables.map(({ name }) => definition('variable', name.text, name.span)),
    ...block.tags.flatMap(tagDefinition),
    ...block.scripts.flatMap((script) =>
      script.kind === 'handler' && !script.isFile ? handlerNames(script.source) : [],
    ),
    ...requestDefinition(block),
  ]);
}

function definition(kind: NameUse['kind'], name: string, span: Span): NameUse {
  return { kind, name, span, role: 'definition' };
}

/** `# @prompt name [text]`, `# @capture name = reference`. */
function tagDefinition({ name: tag, value }: TagNode): NameUse[] {
  if (!value || !['prompt', 'kulala-prompt', 'capture'].includes(tag)) return [];
  const name = (tag === 'capture' ? /^[^\s=]+(?=\s*=)/ : /^\S+/).exec(value.text)?.[0];
  if (name === undefined) return [];
  return [definition('variable', name, { start: value.span.start, end: value.span.start + name.length })];
}

/** Names that a JetBrains handler sets, when it does nothing else. */
function handlerNames({ text, span }: { readonly text: string; readonly span: Span }): NameUse[] {
  if (!declarativeCaptures(text)) return [];
  return [...text.matchAll(/client\s*\.\s*global\s*\.\s*set\s*\(\s*(["'`])((?:(?!\1)[^\\\n])+)\1/g)].map((match) => {
    const name = match[2] ?? '';
    const end = span.start + match.index + match[0].length - 1;
    return definition('variable', name, { start: end - name.length, end });
  });
}

function requestDefinition(block: Block): NameUse[] {
  const id = requestId(block);
  const tag = block.tags.find((each) => each.name === 'name' && each.value);
  const span = tag?.value?.span ?? block.title?.span;
  return isRequestBlock(block) && id !== undefined && span ? [definition('request', id, span)] : [];
}

function placeholderUses(document: HttpDocument, variables: ReadonlySet<string>): NameUse[] {
  return templatesIn(document.text).flatMap((placeholder) => {
    const found = useIn(document, placeholder, variables);
    return found && !isCommentedOut(document, placeholder.span.start) ? [found] : [];
  });
}

/** C19: the exact name of a variable, then a request, then a path into a variable. */
function useIn(
  document: HttpDocument,
  { form, inner }: Placeholder,
  variables: ReadonlySet<string>,
): NameUse | undefined {
  const { start } = inner.span;
  const use = (kind: NameUse['kind'], name: string, written: string, at = start): NameUse => ({
    kind,
    name,
    span: { start: at, end: at + written.length },
    role: 'use',
  });
  switch (form.kind) {
    case 'name':
      return variables.has(form.name) ? use('variable', form.name, form.name) : requestOr(form.name, form.name);
    case 'path':
      if (variables.has(form.path)) return use('variable', form.path, form.path);
      // `Security.token` is one name of an environment file; `login.response.…` may be a request of another file.
      if (variables.has(form.root) || /\.(?:response|request)(?:[.[]|$)/.test(form.path) || form.path.includes('[')) {
        return requestOr(form.root, form.root);
      }
      return findRequest(document, form.root, start)
        ? requestOr(form.root, form.root)
        : use('variable', form.path, form.path);
    case 'function':
      return functionUse();
    case 'expression':
      return undefined;
  }

  function requestOr(id: string, written: string): NameUse {
    const block = findRequest(document, id, start);
    return block ? use('request', requestId(block) ?? id, written) : use('variable', id, written);
  }

  /** `{{$processEnv %name}}` and `{{$shared name}}` use a variable. */
  function functionUse(): NameUse | undefined {
    if (form.kind !== 'function') return undefined;
    const [argument] = form.args;
    if (argument && form.name === '$shared') return use('variable', argument.text, argument.text, argument.span.start);
    if (!argument?.text.startsWith('%')) return undefined;
    return use('variable', argument.text.slice(1), argument.text.slice(1), argument.span.start + 1);
  }
}

/** `# @ref id`, `run #id`, and the reference of `# @capture name = id.response…`. */
function tagUses(document: HttpDocument, block: Block): NameUse[] {
  const request = (written: string, start: number): NameUse[] => {
    const target = findRequest(document, written, start);
    const name = (target && requestId(target)) ?? written;
    return [{ kind: 'request', name, span: { start, end: start + written.length }, role: 'use' }];
  };
  const tags = block.tags.flatMap(({ name, value }) => {
    if (!value) return [];
    if (name === 'ref' || name === 'force-ref') return request(value.text, value.span.start);
    const reference = name === 'capture' ? /^[^\s=]+\s*=\s*(?:\{\{\s*)?(?=\S)/.exec(value.text)?.[0] : undefined;
    if (reference === undefined || reference.endsWith('{{')) return [];
    const form = placeholderForm(value.text.slice(reference.length));
    if (form.kind !== 'path' || /^(?:response|request)$/.test(form.root)) return [];
    return request(form.root, value.span.start + reference.length);
  });
  const runs = block.imports.flatMap(({ keyword, target }) => {
    const id = keyword === 'run' ? /^#\s*([^\s(]+)/.exec(target.text) : null;
    return id?.[1] === undefined ? [] : request(id[1], target.span.start + id[0].length - id[1].length);
  });
  return [...tags, ...runs];
}

/** httpYac's `...name` among the headers. */
function spreadUses({ request }: Block): NameUse[] {
  const spreads = request?.headers.filter(({ kind }) => kind === 'spread') ?? [];
  return spreads.map(({ value }) => ({ kind: 'variable', name: value.text, span: value.span, role: 'use' }));
}

/** A comment line is not read, but for tags, and but for bodies in which it is text (C1). */
function isCommentedOut(document: HttpDocument, offset: number): boolean {
  const line = document.lines.startOf(document.lines.lineAt(offset));
  if (!/^\s*(?:#|\/\/)/.test(document.text.slice(line, Math.min(offset, line + 200)))) return false;
  const block = blockAt(document, offset);
  if (!block || block.tags.some((tag) => spanContains(tag.span, offset))) return false;
  const body = block.request?.body;
  if (!body || !block.request || !spanContains(body.span, offset)) return true;
  return (
    bodyMedia(block.request.headers, block.request.kind).stripsComments &&
    !block.tags.some((tag) => tag.name === 'raw-body')
  );
}
