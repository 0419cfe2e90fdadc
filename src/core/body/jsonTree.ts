import { childrenOf, findNode, innermostAt, oneLine, type BodyTree, type TreeRow } from './bodyTree.ts';
import { jsonNodes, type JsonNodes } from './jsonNodes.ts';

export interface JsonTreeOptions {
  readonly partial?: boolean;
  readonly lines?: boolean;
  /** The items of the root come from these places of another text, and are called so. */
  readonly places?: readonly string[];
}

/** A JSON text as a tree; `undefined` when it is none. */
export function jsonTree(text: string, options: JsonTreeOptions = {}): BodyTree | undefined {
  const nodes = jsonNodes(text, options);
  return nodes && new JsonTree(nodes, options.lines === true, options.places);
}

/** `$.items[0]['first name']`: the normal form (RFC 9535 2.7), shorter where a name is a word. */
export function jsonPath(location: readonly (string | number)[]): string {
  return location.reduce<string>((path, step) => path + pathStep(step), '$');
}

function pathStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(step)) return `.${step}`;
  return `['${JSON.stringify(step)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}']`;
}

/** What a string token stands for. */
export function stringValue(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1);
  }
}

const kinds: Readonly<Record<string, TreeRow['kind']>> = {
  '{': 'object',
  '[': 'array',
  '"': 'string',
  t: 'literal',
  f: 'literal',
  n: 'literal',
};

class JsonTree implements BodyTree {
  readonly roots = [0];
  readonly #nodes: JsonNodes;
  readonly #lines: boolean;
  readonly #places: readonly string[] | undefined;
  #known: readonly number[] | undefined;
  readonly #indexes = new Map<number, ReadonlyMap<number, number>>();

  constructor(nodes: JsonNodes, lines: boolean, places: readonly string[] | undefined) {
    this.#nodes = nodes;
    this.#lines = lines;
    this.#places = places;
  }

  parent(node: number): number {
    return this.#nodes.parents[node] ?? -1;
  }

  after(node: number): number {
    return this.#nodes.afters[node] ?? node + 1;
  }

  row(node: number): TreeRow {
    const { text, starts, ends, sizes } = this.#nodes;
    const start = starts[node] ?? 0;
    const kind = this.#isList(node) ? 'array' : (kinds[text.charAt(start)] ?? 'number');
    const children = sizes[node] ?? 0;
    const isContainer = kind === 'object' || kind === 'array';
    const shown = isContainer ? counted(kind, children) : oneLine(text, start, ends[node] ?? text.length);
    return { name: this.#name(node), kind, shown, children };
  }

  path(node: number): string {
    const location: (string | number)[] = [];
    for (let at = node; at >= 0; at = this.parent(at)) {
      if (this.parent(at) < 0) break;
      if (this.#places && this.parent(at) === 0) {
        return `${this.#places[this.#index(at)] ?? ''}${jsonPath(location.reverse()).slice(1)}`;
      }
      location.push(this.#step(at));
    }
    return jsonPath(location.reverse());
  }

  value(node: number): string {
    const { text, starts, ends } = this.#nodes;
    const source = text.slice(starts[node], ends[node]);
    return source.startsWith('"') && !this.#isList(node) ? stringValue(source) : source;
  }

  find(wanted: string, from: number, backwards: boolean): number | undefined {
    return findNode(this.#nodes.text, this.#begins(), wanted, { from, backwards });
  }

  at(place: number): number {
    return innermostAt(this, this.#begins(), this.#nodes.ends, place);
  }

  /** Where each value begins, with its key. */
  #begins(): readonly number[] {
    const { starts, keyStarts } = this.#nodes;
    return (this.#known ??= starts.map((start, node) =>
      (keyStarts[node] ?? -1) < 0 ? start : (keyStarts[node] ?? start),
    ));
  }

  #isList(node: number): boolean {
    return this.#lines && node === 0;
  }

  #name(node: number): string {
    const { text, keyStarts, keyEnds } = this.#nodes;
    const keyStart = keyStarts[node] ?? -1;
    if (keyStart >= 0) return oneLine(text, keyStart, keyEnds[node] ?? text.length);
    if (this.parent(node) < 0) return '$';
    const index = this.#index(node);
    return (this.parent(node) === 0 ? this.#places?.[index] : undefined) ?? String(index);
  }

  #step(node: number): string | number {
    const { text, keyStarts, keyEnds } = this.#nodes;
    const keyStart = keyStarts[node] ?? -1;
    return keyStart < 0 ? this.#index(node) : stringValue(text.slice(keyStart, keyEnds[node]));
  }

  /** Place among the items of its list; counted once a list, when it is first asked for. */
  #index(node: number): number {
    const parent = this.parent(node);
    let known = this.#indexes.get(parent);
    if (!known) {
      known = new Map(childrenOf(this, parent).map((child, index) => [child, index]));
      this.#indexes.set(parent, known);
    }
    return known.get(node) ?? 0;
  }
}

function counted(kind: 'object' | 'array', children: number): string {
  return kind === 'object' ? `{${children}}` : `[${children}]`;
}
