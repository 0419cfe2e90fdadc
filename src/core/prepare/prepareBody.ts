import type { RequestBody } from '../http/transport.ts';
import type { BodyNode } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import type { SpannedText } from '../text/span.ts';
import { writtenFrom, type Written } from '../variables/written.ts';
import { bodyFile, bodyFileText, type BodyFileUse } from './bodyFile.ts';
import { bodyItems, type BodyItem } from './bodyLines.ts';
import { encodeForm, formText } from './formBody.ts';
import { graphqlBody } from './graphqlBody.ts';
import { isForm, isJsonLines, isMultipart, mediaTypeOf } from './bodyMediaType.ts';
import { problem, type PrepareInput } from './prepareInput.ts';
import { requestBody, type BodyPiece } from './requestBody.ts';
import { encodeText } from './textEncoding.ts';

export interface PreparedBody {
  readonly body: RequestBody | undefined;
  readonly problems: readonly Problem[];
}

type Line = Extract<BodyItem, { kind: 'line' }>;

/** What the body part depends on besides the lines themselves. */
export interface BodyKind {
  readonly contentType: string | undefined;
  /** `GRAPHQL` or `X-Request-Type: GraphQL` (C30). */
  readonly graphql: boolean;
}

/** The bytes of a body: comments left out, lines joined as the media type wants, placeholders and files put in. */
export async function prepareBody(node: BodyNode, kind: BodyKind, input: PrepareInput): Promise<PreparedBody> {
  const keepComments = input.block.tags.some((tag) => tag.name === 'raw-body');
  const commentType = kind.graphql ? 'application/graphql' : kind.contentType;
  const items = bodyItems(node, commentType, keepComments);
  if (items.length === 0) return { body: undefined, problems: [] };
  const draft = new BodyDraft(input);
  const type = mediaTypeOf(kind.contentType);
  if (kind.graphql) await addGraphql(draft, items);
  else if (isForm(type) && items.every((item) => item.kind === 'line')) await addForm(draft, items);
  else if (isMultipart(type)) await addItems(draft, items, '\r\n', '\r\n');
  else await addItems(draft, items, '\n', isJsonLines(type) ? '\n' : '');
  return draft.finish();
}

/** Pieces of a body as they come together. */
class BodyDraft {
  readonly input: PrepareInput;
  readonly problems: Problem[] = [];
  readonly #pieces: BodyPiece[] = [];
  readonly #encoding: string | undefined;
  readonly #encodingSpan;

  constructor(input: PrepareInput) {
    this.input = input;
    const tag = input.block.tags.findLast((each) => each.name === 'encoding');
    this.#encoding = tag?.value?.text;
    this.#encodingSpan = tag?.span ?? input.block.request.line;
  }

  async resolve(written: Written): Promise<string> {
    const resolved = await this.input.resolver.resolve(written, 'body');
    this.problems.push(...resolved.problems);
    return resolved.text;
  }

  addText(text: string): void {
    const encoded = encodeText(text, this.#encoding);
    if (encoded.ok) this.#pieces.push(encoded.bytes);
    else this.problems.push(problem('error', 'unknown-encoding', this.#encodingSpan, encoded.message));
  }

  async load(item: Extract<BodyItem, { kind: 'file' }>, how: BodyFileUse = {}): Promise<BodyPiece | undefined> {
    const loaded = await bodyFile(item.part, this.input, { encoding: this.#encoding, ...how });
    this.problems.push(...loaded.problems);
    return loaded.piece;
  }

  add(piece: BodyPiece | undefined): void {
    if (piece) this.#pieces.push(piece);
  }

  finish(): PreparedBody {
    const isEmpty = this.#pieces.length === 0;
    return { body: isEmpty ? undefined : requestBody(this.#pieces, this.input.files), problems: this.problems };
  }
}

/** Lines and files joined by `eol` (C14): runs of lines are resolved as one text, so that a placeholder may be long. */
async function addItems(draft: BodyDraft, items: readonly BodyItem[], eol: string, end: string): Promise<void> {
  for (const [index, segment] of segments(items).entries()) {
    const before = index === 0 ? '' : eol;
    if (segment.kind === 'lines') {
      draft.addText(before + (await draft.resolve(writtenFrom(segment.lines.map(pieceOf), eol))));
      continue;
    }
    if (before !== '') draft.addText(before);
    draft.add(await draft.load(segment));
  }
  if (end !== '' && items.at(-1)?.kind === 'line') draft.addText(end);
}

type Segment = { readonly kind: 'lines'; readonly lines: Line[] } | Extract<BodyItem, { kind: 'file' }>;

function segments(items: readonly BodyItem[]): readonly Segment[] {
  const result: Segment[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (item.kind === 'file') result.push(item);
    else if (last?.kind === 'lines') last.lines.push(item);
    else result.push({ kind: 'lines', lines: [item] });
  }
  return result;
}

async function addForm(draft: BodyDraft, items: readonly Line[]): Promise<void> {
  const form = formText(items);
  for (const line of form.brokenLines) {
    draft.problems.push(
      problem(
        'warning',
        'form-line-break',
        pieceOf(line).span,
        'This line is sent as part of the value above, with its line break. End the line above with & to begin a new field.',
      ),
    );
  }
  draft.addText(encodeForm(await draft.resolve(writtenFrom(form.pieces, ''))));
}

async function addGraphql(draft: BodyDraft, items: readonly BodyItem[]): Promise<void> {
  const texts: string[] = [];
  for (const item of items) {
    if (item.kind === 'line') {
      texts.push(await draft.resolve(writtenFrom([pieceOf(item)], '')));
      continue;
    }
    const piece = await draft.load(item, { use: 'becomes part of a GraphQL query' });
    if (piece) texts.push(await bodyFileText(piece, draft.input));
  }
  const body = graphqlBody(texts.join('\n'));
  if (body.ok) draft.addText(body.text);
  else
    draft.problems.push(
      problem('error', 'graphql-variables', draft.input.block.request.body?.span ?? spanOf(items), body.message),
    );
}

function spanOf(items: readonly BodyItem[]): SpannedText['span'] {
  const [first] = items;
  if (first?.kind === 'file') return first.part.span;
  return { start: first?.at ?? 0, end: first?.at ?? 0 };
}

function pieceOf(line: Line): SpannedText {
  return { text: line.text, span: { start: line.at, end: line.at + line.text.length } };
}
