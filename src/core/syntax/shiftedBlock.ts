import type { Problem } from '../text/problem.ts';
import { Piece, type Span, type SpannedText } from '../text/span.ts';
import type {
  Block,
  BodyNode,
  HeaderNode,
  ImportNode,
  OutputNode,
  RequestNode,
  ScriptNode,
  TagNode,
  VariableNode,
} from './ast.ts';

/**
 * A block of an older text that stands elsewhere in the present one. Its nodes are moved when somebody looks at them: after a keystroke
 * thousands of blocks stand elsewhere, and most are not looked at before the next one.
 */
export class ShiftedBlock implements Block {
  readonly #block: Block;
  readonly #by: number;
  readonly #problems: readonly Problem[];
  #request: RequestNode | undefined;
  #tags: readonly TagNode[] | undefined;

  /** `problems` are those of the block, where it stood when it was read. */
  constructor(block: Block, by: number, problems: readonly Problem[]) {
    this.#block = block;
    this.#by = by;
    this.#problems = problems;
  }

  /** The block as it was read: the same object for every text that holds it unchanged. */
  get origin(): Block {
    return this.#block;
  }

  get kind(): Block['kind'] {
    return this.#block.kind;
  }

  get span(): Span {
    return shiftedSpan(this.#block.span, this.#by);
  }

  get separator(): Span | undefined {
    const { separator } = this.#block;
    return separator && shiftedSpan(separator, this.#by);
  }

  get title(): SpannedText | undefined {
    const { title } = this.#block;
    return title && spanned(title, this.#by);
  }

  get tags(): readonly TagNode[] {
    // Every look at a request's name is a look at its tags.
    this.#tags ??= list(this.#block.tags, ({ name, nameSpan, value, span }) => ({
      name,
      nameSpan: shiftedSpan(nameSpan, this.#by),
      value: value && spanned(value, this.#by),
      span: shiftedSpan(span, this.#by),
    }));
    return this.#tags;
  }

  get variables(): readonly VariableNode[] {
    return list(this.#block.variables, (node) => ({
      ...node,
      name: spanned(node.name, this.#by),
      value: spanned(node.value, this.#by),
      span: shiftedSpan(node.span, this.#by),
    }));
  }

  get imports(): readonly ImportNode[] {
    return list(this.#block.imports, (node) => ({
      ...node,
      target: spanned(node.target, this.#by),
      span: shiftedSpan(node.span, this.#by),
    }));
  }

  get scripts(): readonly ScriptNode[] {
    return list(this.#block.scripts, (node) => ({
      ...node,
      source: spanned(node.source, this.#by),
      span: shiftedSpan(node.span, this.#by),
    }));
  }

  get outputs(): readonly OutputNode[] {
    return list(this.#block.outputs, (node) => ({
      ...node,
      path: spanned(node.path, this.#by),
      span: shiftedSpan(node.span, this.#by),
    }));
  }

  get request(): RequestNode | undefined {
    const { request } = this.#block;
    this.#request ??= request && shiftedRequest(request, this.#by);
    return this.#request;
  }

  get problems(): readonly Problem[] {
    return list(this.#problems, (problem) => ({ ...problem, span: shiftedSpan(problem.span, this.#by) }));
  }
}

/** What stays the same while a block is only moved: what is found out about it can be remembered by this. */
export function originOf(block: Block): Block {
  return 'origin' in block ? (block as ShiftedBlock).origin : block;
}

function list<T>(nodes: readonly T[], move: (node: T) => T): readonly T[] {
  return nodes.length === 0 ? nodes : nodes.map(move);
}

function shiftedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function spanned({ text, span }: SpannedText, by: number): SpannedText {
  return new Piece(text, span.start + by, span.end + by);
}

function shiftedRequest(request: RequestNode, by: number): RequestNode {
  return {
    ...request,
    span: shiftedSpan(request.span, by),
    line: shiftedSpan(request.line, by),
    method: spanned(request.method, by),
    target: spanned(request.target, by),
    targetPieces: list(request.targetPieces, (piece) => spanned(piece, by)),
    httpVersion: request.httpVersion && spanned(request.httpVersion, by),
    headers: list(request.headers, (header) => shiftedHeader(header, by)),
    body: request.body && shiftedBody(request.body, by),
  };
}

function shiftedHeader(header: HeaderNode, by: number): HeaderNode {
  return {
    kind: header.kind,
    name: spanned(header.name, by),
    value: spanned(header.value, by),
    span: shiftedSpan(header.span, by),
  };
}

function shiftedBody({ span, parts }: BodyNode, by: number): BodyNode {
  return {
    span: shiftedSpan(span, by),
    parts: parts.map((part) =>
      part.kind === 'text'
        ? { kind: 'text', text: part.text, span: shiftedSpan(part.span, by) }
        : { ...part, path: spanned(part.path, by), span: shiftedSpan(part.span, by) },
    ),
  };
}
