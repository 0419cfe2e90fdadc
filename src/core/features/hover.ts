import { looksSecret } from '../http/secretName.ts';
import type { Block, HeaderNode, HttpDocument, RequestBlock, TagNode } from '../syntax/ast.ts';
import { blockAt, isRequestBlock } from '../syntax/query.ts';
import { templatesIn, type Placeholder } from '../syntax/template.ts';
import { spanContains, type Span } from '../text/span.ts';
import type { Binding } from '../variables/scope.ts';
import type { Value } from '../variables/value.ts';
import { functionDoc } from './functions.ts';
import { headerDoc } from './headerDocs.ts';
import { lineEnd, lineStart } from './fix.ts';
import { methodDoc } from './methodDocs.ts';
import { statusDoc } from './statusDocs.ts';
import { scopeOf, type Surroundings } from './surroundings.ts';
import { tagDoc } from './tagDocs.ts';

/** What the mouse rests on. A `request` is described by what its send would be, which only the host can look up. */
export type HoverPlace =
  | { readonly kind: 'placeholder'; readonly span: Span; readonly placeholder: Placeholder; readonly block: Block }
  | { readonly kind: 'request'; readonly span: Span; readonly block: RequestBlock; readonly text: string }
  | { readonly kind: 'text'; readonly span: Span; readonly text: string };

export function hoverPlace(document: HttpDocument, offset: number): HoverPlace | undefined {
  const block = blockAt(document, offset);
  if (!block) return undefined;
  return (
    onPlaceholder(document, block, offset) ??
    onTag(block, offset) ??
    onRequest(block, offset) ??
    onStatus(document, offset)
  );
}

/**
 * A variable for people: its value, where it comes from and what it covers. `value` is what it resolves to, when that is known;
 * secrets are masked unless `isShown`. `undefined` for a name that nobody defines: its problem says more.
 */
export function placeholderHover(
  document: HttpDocument,
  place: Extract<HoverPlace, { kind: 'placeholder' }>,
  around: Surroundings,
  value: Value | undefined,
  isShown: boolean,
): { readonly text: string; readonly isMasked: boolean } | undefined {
  const { form, inner } = place.placeholder;
  const doc = form.kind === 'function' ? functionDoc(form.name) : undefined;
  const scope = scopeOf(document, place.block, around);
  const bindings = scope.lookup(inner.text);
  const winner = bindings?.winner;
  // C19: what is no name of its own may be a way into the JSON of one.
  const into = winner || form.kind !== 'path' ? undefined : scope.lookup(form.root)?.winner;
  if (!winner && !doc && value?.ok !== true) return undefined;
  const isSecret =
    (value?.ok === true && value.secret) || winner?.secret === true || (!winner && namesCredential(inner.text));
  const shown = value?.ok === true && !value.standIn ? value.text : winner?.value;
  const lines = [
    `**\`${oneLine(form.kind === 'function' ? form.name : inner.text)}\`**${originWords(winner, into)}`,
    ...(doc ? [doc.text] : []),
    ...(shown === undefined || (doc && value === undefined) ? [] : [fenced(isSecret && !isShown ? '***' : shown)]),
    ...(winner?.template === true && /\{\{/.test(winner.value) ? [`Written as \`${oneLine(winner.value)}\`.`] : []),
    ...(bindings?.shadowed ?? []).map(
      (each) => `Covers ${each.secret && !isShown ? '`***`' : `\`${oneLine(each.value)}\``} of ${plain(each.origin)}.`,
    ),
  ];
  return { text: lines.join('\n\n'), isMasked: isSecret && !isShown };
}

function originWords(winner: Binding | undefined, into: Binding | undefined): string {
  if (winner) return ` — ${plain(winner.origin)}`;
  return into ? ` — in \`${oneLine(into.name)}\` of ${plain(into.origin)}` : '';
}

function onPlaceholder(document: HttpDocument, block: Block, offset: number): HoverPlace | undefined {
  const start = lineStart(document, offset);
  const line = document.text.slice(start, lineEnd(document, document.lines.lineAt(offset)));
  const placeholder = templatesIn(line, start).find(({ span }) => spanContains(span, offset));
  return placeholder && { kind: 'placeholder', span: placeholder.span, placeholder, block };
}

function onTag(block: Block, offset: number): HoverPlace | undefined {
  const tag = block.tags.find(({ nameSpan }) => spanContains(nameSpan, offset));
  const doc = tag && tagDoc(tag.name);
  return tag && doc && { kind: 'text', span: tag.nameSpan, text: `**@${tag.name}** — ${doc.text}${timeWords(tag)}` };
}

/** C24: a bare number is ambiguous by nature, so it is said how this one is taken. */
function timeWords({ name, value }: TagNode): string {
  const amount = /^\d+$/.test(value?.text ?? '') && name.endsWith('timeout') ? Number(value?.text) : undefined;
  return amount === undefined ? '' : ` Here: ${amount} ${amount < 1000 ? 'seconds' : 'milliseconds'}.`;
}

function onRequest(block: Block, offset: number): HoverPlace | undefined {
  if (!isRequestBlock(block)) return undefined;
  const { method, methodImplicit, target, headers } = block.request;
  const header = headers.find((each) => each.kind === 'field' && spanContains(each.name.span, offset));
  if (header) return onHeader(header);
  if (!methodImplicit && spanContains(method.span, offset)) {
    const doc = methodDoc(method.text);
    const text = doc === undefined ? '' : `**${method.text}** — ${doc}`;
    return { kind: 'request', span: method.span, block, text };
  }
  return spanContains(target.span, offset) ? { kind: 'request', span: target.span, block, text: '' } : undefined;
}

function onHeader({ name }: HeaderNode): HoverPlace | undefined {
  const doc = headerDoc(name.text);
  return doc && { kind: 'text', span: name.span, text: `**${doc.name}** — ${doc.text}` };
}

/** The code of a pasted response: `HTTP/1.1 404 Not Found`. */
function onStatus(document: HttpDocument, offset: number): HoverPlace | undefined {
  const start = lineStart(document, offset);
  const match = /^(\s*HTTP\/[\d.]+\s+)(\d{3})/.exec(document.text.slice(start, start + 60));
  const at = start + (match?.[1]?.length ?? 0);
  const span = { start: at, end: at + 3 };
  const doc = match && statusDoc(Number(match[2]));
  return doc !== undefined && doc !== null && spanContains(span, offset)
    ? { kind: 'text', span, text: `**${match?.[2] ?? ''}** ${doc}` }
    : undefined;
}

/** `login.response.body.access_token`: a response does not say what of it is a secret, its names do. */
function namesCredential(reference: string): boolean {
  const last = /([\p{L}\p{N}_-]+)(?:'\]|"\]|\[\d+\])?$/u.exec(reference)?.[1] ?? '';
  return looksSecret(last) || /cookie|authori[sz]ation/i.test(reference);
}

/** Names come from files: one that looks like Markdown, an image for example, must stay text (invariant 10). */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!<>|~]/g, '\\$&');
}

/** In a fence that the text itself cannot close. */
function fenced(text: string): string {
  const shown = text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${shown}\n${fence}`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', '´');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
