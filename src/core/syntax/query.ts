import type { Block, HttpDocument, RequestBlock, VariableNode } from './ast.ts';
import { isRunBlock, runLines } from './runLine.ts';

/** The block that holds `offset`; offsets outside the text are taken to its nearest end. */
export function blockAt(document: HttpDocument, offset: number): Block | undefined {
  const { blocks } = document;
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.span.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return blocks[low];
}

export function isRequestBlock(block: Block): block is RequestBlock {
  return block.kind === 'request';
}

/** The blocks that have a request, in order. */
export function requestBlocks(document: HttpDocument): readonly RequestBlock[] {
  return document.blocks.filter(isRequestBlock);
}

/** A block that can be sent: it has a request, or `run` lines that name some. */
export function canBeSent(block: Block): boolean {
  return isRequestBlock(block) || isRunBlock(block);
}

/** What references call a request: its `# @name`, else its title (C3, C33). */
export function requestId(block: Block): string | undefined {
  return requestName(block) ?? block.title?.text;
}

/** The value of `# @name`; an empty one names nothing. */
export function requestName(block: Block): string | undefined {
  return blockTag(block, 'name') || undefined;
}

/** The value of the first tag of that name (in kebab-case): empty when the tag has none, `undefined` when there is no such tag. */
export function blockTag(block: Block, name: string): string | undefined {
  const tag = block.tags.find((candidate) => candidate.name === name);
  return tag && (tag.value?.text ?? '');
}

/**
 * The request that `id` means when it is used at `fromOffset` (C33): of those with that name, else with that title, the nearest at or
 * above, else the last of the file. Names with other characters than letters, digits and `_` are also known with `_` for each (C3).
 */
export function findRequest(document: HttpDocument, id: string, fromOffset: number): RequestBlock | undefined {
  for (const blocksOf of requestNames(document)) {
    const found = nearest(blocksOf.get(id) ?? [], fromOffset);
    if (found) return found;
  }
  return undefined;
}

type BlocksByName = ReadonlyMap<string, readonly RequestBlock[]>;

/** Remembered for each tree: a run of a file whose every request refers to another would walk all of them each time. */
const namesOfDocuments = new WeakMap<HttpDocument, readonly BlocksByName[]>();

/** Names, their aliases, titles, their aliases: what comes first counts first. */
function requestNames(document: HttpDocument): readonly BlocksByName[] {
  const known = namesOfDocuments.get(document);
  if (known) return known;
  const blocks = requestBlocks(document);
  const names = [
    byName(blocks, requestName),
    byName(blocks, (block) => alias(requestName(block))),
    byName(blocks, (block) => block.title?.text),
    byName(blocks, (block) => alias(block.title?.text)),
  ];
  namesOfDocuments.set(document, names);
  return names;
}

function byName(
  blocks: readonly RequestBlock[],
  nameOf: (block: RequestBlock) => string | undefined,
): ReadonlyMap<string, RequestBlock[]> {
  const found = new Map<string, RequestBlock[]>();
  for (const block of blocks) {
    const name = nameOf(block);
    if (name === undefined) continue;
    const same = found.get(name);
    if (same) same.push(block);
    else found.set(name, [block]);
  }
  return found;
}

/** Line of the request line, or of what stands for it (`run`), from 0 as all positions of a `LineMap`. */
export function lineOfRequest(document: HttpDocument, block: Block): number {
  return document.lines.lineAt(sendingOffset(block));
}

/** Where the request of a block begins; of a block of `run` lines the first of them: what a lens stands above. */
export function sendingOffset(block: Block): number {
  return block.request?.line.start ?? runLines(block)[0]?.span.start ?? block.span.start;
}

/** The block that holds `line` (from 0), if it can be sent. */
export function sendableAtLine(document: HttpDocument, line: number): Block | undefined {
  const block = blockAt(document, document.lines.startOf(line));
  return block && canBeSent(block) ? block : undefined;
}

/** The definition of `name` that holds at `offset` (C8): the nearest at or above it, else the last of the file. */
export function visibleVariable(document: HttpDocument, name: string, offset: number): VariableNode | undefined {
  const definitions = document.variables.filter((variable) => variable.name.text === name);
  return nearest(definitions, offset);
}

function nearest<T extends { readonly span: { readonly start: number } }>(
  candidates: readonly T[],
  offset: number,
): T | undefined {
  return candidates.findLast((candidate) => candidate.span.start <= offset) ?? candidates.at(-1);
}

/** Whether `written` names the request with that id: by the id itself, or by its alias (C3). */
export function requestIdMatches(id: string, written: string): boolean {
  return id === written || alias(id) === written;
}

function alias(name: string | undefined): string | undefined {
  return name?.replace(/[^\p{L}\p{N}_]/gu, '_');
}
